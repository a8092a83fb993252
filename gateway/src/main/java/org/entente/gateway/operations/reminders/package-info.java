/** Reminders of what is due, or has not come: releases by the calendars of agreements, answers by the deadlines of rounds. */
@NullMarked
package org.entente.gateway.operations.reminders;

import org.jspecify.annotations.NullMarked;
