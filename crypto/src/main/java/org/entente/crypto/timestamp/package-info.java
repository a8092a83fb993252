/**
 * Time attested by others: RFC 3161 requests, tokens, and chains of tokens that are renewed before their certificates
 * end. Pure: what is sent where is the caller's affair. Nothing here asks for the time; every check is at the time that
 * a token names, or at one that is passed in.
 */
@NullMarked
package org.entente.crypto.timestamp;

import org.jspecify.annotations.NullMarked;
