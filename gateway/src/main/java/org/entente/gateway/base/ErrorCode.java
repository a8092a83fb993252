package org.entente.gateway.base;

import java.util.Locale;

/**
 * Every way in which a gateway refuses or fails, as a stable code that people and programs may rely on.
 *
 * <p>Each constant carries the HTTP status under which it is reported, a title, the cause and what to do about it.
 * {@code docs/errors.md} is written from this enum and a test holds the two together. A code is never reused for another
 * meaning; a constant may be added by any package, in that package's own section.
 */
public enum ErrorCode {
    // ---- base ----
    INTERNAL_ERROR(
            500,
            "The gateway failed",
            "A defect in the gateway or its set-up, which is recorded in the node's log under the incident number.",
            "Give the incident number to the node's administrator; nothing of the request was kept half done."),
    DATABASE_UNAVAILABLE(
            503,
            "The database does not answer",
            "The node's database is down, out of connections or refuses the statement.",
            "Repeat the same request with the same exchange id; the administrator checks the database server."),
    NOT_FOUND(
            404,
            "There is nothing at this address",
            "No resource has this address on this listener, or the id names nothing that this node holds.",
            "Check the address, the id and the listener (staff or node); /openapi lists the staff routes."),
    METHOD_NOT_ALLOWED(
            405,
            "This address does not take that method",
            "The resource exists but not for this HTTP method.",
            "Use a method that the Allow header names."),
    NOT_ACCEPTABLE(
            406,
            "No offered format fits the request",
            "The Accept header or the format parameter names only media types that this resource is not written in.",
            "Ask for one of the formats that the answer lists, or leave the header out."),
    UNSUPPORTED_MEDIA_TYPE(
            415,
            "The body is in a format that is not read here",
            "The Content-Type is missing or is none of those that the resource reads.",
            "Send the body in one of the documented formats and name it in Content-Type."),
    REQUEST_MALFORMED(
            400,
            "The request cannot be read",
            "The address, a header or the body does not have the documented form.",
            "Correct what the detail names and send the request again."),
    BODY_TOO_LARGE(
            413,
            "The body is over the limit",
            "The message body is larger than entente.limits.body-bytes allows.",
            "Ask for less at a time (the limit and paging are named in the detail), or send smaller parts."),
    HEADERS_TOO_LARGE(
            431,
            "The headers are over the limit",
            "Request line or headers are larger than the listener reads (64 KiB).",
            "Send shorter headers; proofs and signatures of one exchange stay far below the limit."),
    TOO_MANY_REQUESTS(
            429,
            "Too many requests",
            "The caller sent more than the node takes from one caller at a time.",
            "Wait as long as Retry-After says and repeat."),
    NOT_IMPLEMENTED(
            501,
            "This is not offered",
            "The request is well formed, but this node does not offer the function.",
            "Use one of the documented functions of this version."),
    UNAVAILABLE(
            503,
            "The service is not available at the moment",
            "The node is starting, stopping or over its limits.",
            "Wait as long as Retry-After says, or a few seconds, and repeat."),
    SETTINGS_INVALID(
            500,
            "The node's settings cannot be used",
            "A setting is missing or has a value that the node cannot work with.",
            "Correct the setting that the detail names and start the node again."),
    TOKEN_UNAVAILABLE(
            500,
            "The token with the node's key is not there",
            "The PKCS#11 library, or a token of that label, that a setting entente.keys.* names is not there or does not"
                    + " answer.",
            "Connect the token; a node that runs signs again by itself once it is back. If the node has not started, or its"
                    + " TLS key is on the token, start it again, with the address in the setting corrected if need be."),
    TOKEN_PIN_REFUSED(
            500,
            "The token does not accept the PIN",
            "The PIN for a key of the node on a PKCS#11 token is wrong, or its file cannot be read. It is not tried again"
                    + " before the next start, since tokens lock themselves.",
            "Correct the PIN in pin-source, entente.keys.pin-file or ENTENTE_KEYS_PIN and start the node again."),
    TOKEN_KEY_MISSING(
            500,
            "The key is not on the token",
            "The token holds no EC P-256 key of that label with a certificate beside it, or several.",
            "Correct the object in the address, or put key and certificate on the token, and start the node again."),
    NODE_NOT_INITIALISED(
            500,
            "The node has no identity yet",
            "The node's home directory holds no keys: init was never run, or another directory is configured.",
            "Run `entente init` once with the same configuration file, then start again."),

    NODE_ALREADY_INITIALISED(
            409,
            "The node has an identity already",
            "The node's home directory holds keys, which are never overwritten.",
            "Use the node as it is; for a second node choose another entente.home."),

    FILE_UNUSABLE(
            422,
            "A file cannot be used",
            "A file that a command was given cannot be read or written, or is not in the expected form.",
            "Check path, permissions and form; the command's --help names the form."),
    KEY_FILE_INVALID(
            422,
            "The key file cannot be used",
            "An officer's key file is missing, exists already, has another passphrase, or holds no usable key; or the"
                    + " key's token is not plugged in, has another label, or another PIN.",
            "Check file and passphrase, or token and PIN; `entente keys officer` makes a new key file."),

    // ---- access ----
    UNAUTHENTICATED(
            401,
            "Who asks is not known",
            "The request carries no valid token or access key, or name and password do not fit.",
            "Sign in with POST /login and send the token as `Authorization: Bearer ...`; tools that know only a name"
                    + " and a password send the user's name and an access key."),
    FORBIDDEN(
            403,
            "The user's roles do not allow this",
            "The user is known, but holds none of the roles that this act needs.",
            "Let a user who holds the role do it, or ask the administrator for the role."),
    ACCOUNT_LOCKED(
            429,
            "The account is locked for a while",
            "Signing in failed too often in a row.",
            "Wait until the time in the detail, or let an administrator set a new password."),
    USER_UNKNOWN(
            404,
            "There is no such user",
            "No staff user of this node has that name.",
            "Check the name; `entente user add` makes a user."),
    USER_EXISTS(
            409,
            "There is already such a user",
            "Another staff user of this node has the same name.",
            "Choose another name, or change the existing user."),
    PASSWORD_NOT_READ(
            422,
            "No password could be read",
            "There is no terminal to ask at, the file that `--password-file` names cannot be read, or the two entries of a new"
                    + " password differ.",
            "Name a file with `--password-file` whose first line is the password, or give the command at a terminal."),
    PASSWORD_UNFIT(
            422,
            "The password cannot be taken",
            "The password is shorter than 12 characters or contains the user's name.",
            "Choose a longer password; a few unrelated words do well."),

    // ---- listeners and transport (RFC 8446, DESIGN 3) ----
    PLAIN_TEXT_REFUSED(
            403,
            "This route is reached only over TLS with a client certificate",
            "The call reached a node route without a TLS session or without a certificate of the caller.",
            "Connect with TLS 1.3 to the node's port and present the TLS certificate of the caller's card."),
    CERTIFICATE_EXPIRED(
            403,
            "The partner's certificate is not valid now",
            "The certificate that the partner uses is outside its period of validity by this node's clock.",
            "The partner renews the certificate and sends its new card; both sides check their clocks."),
    CERTIFICATE_NOT_PINNED(
            403,
            "The certificate is not on the partner's card",
            "The caller's TLS certificate stands on no card that this node trusts, or on a card that was replaced.",
            "Exchange current cards and compare fingerprints; then repeat."),
    CERTIFICATE_REVOKED(
            403,
            "The certificate was revoked",
            "The issuer or the partner has withdrawn the certificate.",
            "The partner issues a new card with a new certificate."),
    REVOCATION_UNKNOWN(
            403,
            "Whether the certificate was revoked is not known",
            "The certificate is from an authority of which this node has no list of revoked certificates, or one that is"
                    + " older than its grace.",
            "Name the authority and its list under entente.revocation.authorities; if it is there, see why the list cannot be"
                    + " fetched (`/health`, part revocation)."),

    // ---- messages and partners (RFC 9421, RFC 9530, DESIGN 5) ----
    SIGNATURE_INVALID(
            401,
            "The message signature does not verify",
            "The signature does not fit the covered parts of the message and the key that it names.",
            "Check that nothing between the nodes rewrites messages, and that the partner's current card is imported."),
    SIGNATURE_MISSING(
            401,
            "The message carries no signature",
            "Signature-Input or Signature with the label entente is missing or cannot be read.",
            "Send the call through a gateway; plain clients are not served on the node listener."),
    SIGNATURE_COMPONENTS_MISSING(
            401,
            "The signature covers too little",
            "A part that the protocol wants signed is not covered, or a parameter is missing or unknown.",
            "Bring the partner's gateway to a version that speaks the same protocol."),
    DIGEST_MISMATCH(
            400,
            "The body is not the one that was signed",
            "Content-Digest is missing or does not fit the bytes of the body.",
            "Send again; if it stays, something between the nodes changes bodies."),
    REQUEST_EXPIRED(
            401,
            "The message is no longer valid",
            "The signature's expiry time has passed by this node's clock.",
            "Sign and send the request anew; check both clocks."),
    CLOCK_SKEW(
            401,
            "The clocks are too far apart",
            "The message was signed at a time that lies in this node's future, or its life is longer than allowed.",
            "Set both nodes' clocks by NTP; the allowed difference is entente.clock-skew."),
    NONCE_REPLAYED(
            409,
            "The message was already seen",
            "Another message with the same key and nonce has reached this node.",
            "Sign every repeat with a new nonce; if nobody repeated, somebody recorded and replayed the message."),
    CARD_UNKNOWN(
            403,
            "The partner's card is not known here",
            "The key that signed belongs to no card that this node has imported.",
            "Send the current card to this node's administrator and compare fingerprints over another channel."),
    CARD_INVALID(
            422,
            "The card cannot be accepted",
            "The card is malformed, not signed by its own key, expired, or does not follow the card before it.",
            "Ask the partner for its current card and import that."),
    PARTNER_BLOCKED(
            403,
            "Exchanges with this partner are stopped",
            "A person or the journal guard has stopped exchanges with this partner.",
            "Settle the reason that the journal names, then lift the hold."),
    PARTNER_UNCONFIRMED(
            503,
            "The partner has not said yet what it has seen of this node's journal",
            "This node has started and must first ask the partner; the partner could not be asked.",
            "Repeat the same request with the same exchange id. If it stays so, make sure that this node reaches the partner's node port."),
    PARTNER_UNREACHABLE(
            502,
            "The partner's gateway does not answer",
            "No connection, no TLS session or no answer within the time limit.",
            "Repeat later with the same exchange id, or call the partner's liaison officer; holdings stay readable."),
    PARTNER_ANSWER_INVALID(
            502,
            "The partner's answer does not verify",
            "Signature, digest, proof or content of the answer is wrong; no figure of it was shown.",
            "Repeat with the same exchange id; if it stays, both administrators compare journals."),
    PARTNER_UNKNOWN(
            404,
            "There is no such partner",
            "This node has imported no card of that party.",
            "Import the party's card and compare fingerprints."),

    // ---- journal ----
    JOURNAL_UNAVAILABLE(
            503,
            "The journal cannot be written",
            "The node cannot append to its journal or refuses to sign; no journal, no exchange.",
            "The administrator checks the database and the journal guard; then repeat with the same exchange id."),
    JOURNAL_BUSY(
            503,
            "Too many acts wait for the journal",
            "More entries wait to become durable than entente.journal.queue-limit allows; this one was not taken.",
            "Wait a moment and repeat with the same exchange id; if it stays, the database's disk is too slow."),
    TIME_UNATTESTED(
            503,
            "Nobody attests the time",
            "All timestamp authorities of the node have been silent for longer than entente.timestamp.stop-after allows.",
            "Repeat with the same exchange id when the administrator has restored a timestamp authority (/health names since when). A declared crisis on the leg lifts the stop."),
    EVIDENCE_INVALID(
            422,
            "The evidence does not verify",
            "A signature, proof, digest or link in the evidence file is wrong or missing.",
            "Get the file again from its source; what failed is named in the detail."),

    // ---- exchange ----
    EXCHANGE_CONFLICT(
            409,
            "This exchange id stands for another request",
            "The same exchange id arrived with a different request.",
            "Use a new exchange id for a new request; repeat the old request unchanged."),
    PACK_NOT_AGREED(
            403,
            "No clause orders this crisis pack",
            "A partner delivered a crisis pack for a leg that has no pack clause in effect between the two parties.",
            "Deliver packs only under clause 32 of an agreement in effect; compare the digests of both sides' texts."),
    NOTICE_NOT_AGREED(
            403,
            "No leg gives this notice its place",
            "A partner told of a release under an agreement that is not in effect here, or under a leg that does not run from it to this"
                    + " party.",
            "Tell of releases only under a leg in effect; compare the digests of both sides' texts with `agreement same-text`."),
    RECEIPT_INVALID(
            422,
            "The receipt does not hold",
            "A consumer's receipt does not fit the provider's record of the exchange, or its proof is wrong.",
            "Compare both journals' records of the exchange; the consumer sends the receipt of its own record."),
    EXCHANGE_RUNNING(
            409,
            "This exchange is still running",
            "The first request with this exchange id has not been answered yet.",
            "Wait as long as Retry-After says and repeat the same request."),

    // ---- statistics and releases ----
    QUERY_MALFORMED(
            400,
            "The query cannot be read",
            "Path or parameters do not follow the SDMX REST 2 grammar.",
            "Correct the part that the detail names."),
    QUERY_UNFIT(
            422,
            "The query does not fit the structure",
            "The query reads well, but names a component that the structure does not have or uses one in a way it"
                    + " cannot be.",
            "Ask for the structure (/sdmx/v2/structure) and use its components and codes."),
    CSV_MALFORMED(
            422,
            "The file cannot be read",
            "The file is no table of figures of the expected structure in a format that is read; row and column are named."
                    + " Nothing was imported.",
            "Correct the named cells and import the whole file again."),
    MAPPING_INVALID(
            422,
            "The mapping cannot be used",
            "What says how an office's table becomes figures is incomplete, or does not fit the structure.",
            "Correct the mapping as the detail says."),
    MAPPING_UNKNOWN(
            404,
            "There is no such mapping",
            "No mapping of this node has that id and version.",
            "List the mappings, or store this one first."),
    MAPPING_EXISTS(
            409,
            "There is such a mapping already",
            "A mapping of that id and version is stored, and a stored one is never changed.",
            "Give it a higher version."),
    STRUCTURE_EXISTS(
            409,
            "There is such a structure already",
            "A dataflow, data structure or code list of that id and version is known to this node, and what it knows is never changed.",
            "Give what is new a higher version."),
    CODE_UNKNOWN(
            422,
            "A code is not in its code list",
            "A value of a dimension or coded attribute is not in the code list of the structure.",
            "Use a code of the list, or agree a new version of the list."),
    DUPLICATE_KEY(
            422,
            "Two rows have the same key",
            "The same combination of dimension values occurs twice. Nothing was imported.",
            "Remove one of the two rows that are named."),
    DATASET_INCOMPLETE(
            422,
            "The dataset does not declare what it must",
            "Coverage of a sensitive group, the meaning of absent cells, the sums or another part is missing or"
                    + " unknown.",
            "Declare every part that the detail names; what is not known cannot be shared."),
    METADATA_INVALID(
            422,
            "The report about a dataset cannot be taken",
            "The file names a heading or code that the metadata structure does not have, says nothing under one, or lacks a"
                    + " heading that is required.",
            "Mend every line that the detail names; `entente dataset headings` lists the headings."),
    DATASET_EXISTS(
            409,
            "There is already such a dataset",
            "Another dataset of this node has the same id; a declaration is never changed.",
            "Choose another id."),
    BALANCE_INVALID(
            422,
            "The balance cannot be declared as it stands",
            "A part is missing, or a term names a dataset, dimension or code that there is not, or leaves open what another names.",
            "Mend every part that the detail names: each term says its dataset, and a code for each dimension that any term names or that"
                    + " not all datasets have."),
    BALANCE_EXISTS(
            409,
            "There is already such a balance",
            "Another balance of this node has the same id; a declaration is never changed.",
            "Choose another id."),
    DATASET_UNKNOWN(
            404,
            "There is no such dataset",
            "No dataset of this node has that id.",
            "Check the id, or declare the dataset."),
    SUMS_DIFFER(
            422,
            "The figures do not add up as declared",
            "A total differs from its parts although the dataset promises that they agree. Nothing was imported.",
            "Correct the figures, or declare a dataset whose sums have a tolerance or are not additive."),
    RELEASE_UNKNOWN(404, "There is no such release", "No release of this node has that id.", "Check the id."),
    RELEASE_RECALLED(
            410,
            "The release is recalled",
            "The provider has recalled the release from which the figures come; they are not shown or given any more.",
            "Read the reason in the detail and in the notes of the exchange; ask anew (fresh=true) once there is a"
                    + " corrected release."),
    RELEASE_STEP(
            409,
            "The release is not at this step",
            "A release is imported, approved and published, in this order and each once.",
            "Look at the release's state; repeat nothing that is done."),
    FOUR_EYES(
            403,
            "Another person must approve",
            "Whoever imported a release does not approve it, and where two persons must decide nobody counts twice.",
            "Let another approver of the owning authority look at it."),
    DIFFERENCES_NOT_ACCEPTED(
            422,
            "Differences are not accepted",
            "Totals differ from their parts within the tolerance, and the approver gives no reason for accepting that.",
            "Look at the listed differences and approve with a reason, or import corrected figures."),
    RELEASE_DAMAGED(
            500,
            "The stored release is not the one that was journaled",
            "The digest of the stored figures differs from the digest in the journal; they are not used.",
            "The administrator restores the database; the figures can be imported again as a new release."),
    RELEASE_UNPROTECTED(
            422,
            "The release does not say how it is protected",
            "A release must be a public source, protected by the office, or protected here by a rule; anything else is not let out.",
            "Declare PUBLIC_SOURCE with address and date, BY_OFFICE with the method, or BY_GATEWAY."),
    SAMPLE_NOT_JUDGED(
            422,
            "Estimates from a sample are protected in the office",
            "The figures say that they come from a sample survey. What their cells rest on, the unweighted counts, is not at hand, so that nobody here can say which may be shown.",
            "Protect the table in the office, with its unweighted counts (survey in the specification of entente protect), and import the package."),
    EDITION_UNSAFE(
            422,
            "The release would reveal something together with what is out",
            "Withheld cells could be inferred from this release and the earlier ones of the same dataset, or of datasets that a declared balance ties to it; the detail says how many.",
            "Withhold the cells that the answer lists as its repair (in the office, as a package), or keep to the figures that are out."),
    KNOWN_TABLE_EXISTS(
            409,
            "The known table is registered already",
            "The same figures have been registered as public for this dataset.",
            "List the known tables of the dataset; repeat nothing that is done."),
    KNOWN_TABLES_UNDECLARED(
            422,
            "It is not said what is public elsewhere",
            "Protected figures are approved only with the declaration that all public tables of the same source are registered, or that there"
                    + " are none, and the register must agree with it.",
            "Register what is public, then approve with REGISTERED; approve with NONE only if there is nothing."),
    PUBLIC_CELLS_UNDECIDED(
            422,
            "Nobody has decided that small public counts go out",
            "Some counts under the threshold are public elsewhere and cannot be protected; they go out only on a statistician's decision.",
            "A statistician of the owning office decides, with a reason, before another person approves."),
    // ---- disclosure control ----
    SPECIFICATION_INVALID(
            422,
            "The specification of the protection cannot be used",
            "A member of the specification is missing, unknown or does not hold.",
            "Correct the member that is named; docs/disclosure.md describes the format."),
    TABLE_INVALID(
            422,
            "The table cannot be protected as specified",
            "The table has unknown codes, repeated rows, counts that are none, or sums that do not hold; row and column are named.",
            "Correct the table, or declare its sums in the specification as they are."),
    PROTECTION_UNPROVED(
            422,
            "The protection is not proved",
            "The audit could not prove that nothing withheld can be inferred; usually too much is public elsewhere already.",
            "Look at the cells that are named; withhold more, drop a grouping, or take the known figures out of the table."),
    PACKAGE_DAMAGED(
            422,
            "The sealed package does not hold",
            "A part of the package differs from the digest in its manifest, its signature does not hold, or a part is missing.",
            "Take the package from the office again and compare the digest by another way."),
    COVERAGE_REFUSED(
            403,
            "Protected groups may not be shared on this leg",
            "The dataset includes refugees or other protected groups that the leg excludes, and they cannot be"
                    + " separated.",
            "Share a dataset without them, or agree it in the leg with a named approver on the provider's side."),

    // ---- requests that wait for a person ----
    ANSWER_WAITS(
            409,
            "The partner lets a person decide",
            "The leg leaves the answer to a person of the partner (clause 16). The partner has the request and has"
                    + " signed for it. To a query for data this is no error: it is answered with 202.",
            "Ask again later, or look at the exchange's status; the figures come by themselves once they are"
                    + " approved."),
    REFUSED_BY_PERSON(
            403,
            "A person refused on an agreed ground",
            "The clauses permit the request, and the leg leaves the decision to a person of the provider (clause 16), who refused it on one of"
                    + " the grounds that the agreement lists. The member ground holds the ground's code.",
            "Read the ground in the agreement; ask for something else or ask the partner with a question. The same exchange id gets the same"
                    + " refusal."),
    DECISION_NEEDED(
            409,
            "A person must decide",
            "The leg leaves the answer to a person (clause 16), and a desk has nobody else to ask than whoever runs the command.",
            "Decide, and run the command again with --decided-by NAME (twice for four eyes), or with --refuse GROUND as well."),
    GROUND_UNKNOWN(
            422,
            "The agreement knows no such ground of refusal",
            "A request may be refused only on one of the grounds that the leg lists (clause 16).",
            "Name one of the grounds in the detail, or approve the request."),
    HOLD_EXISTS(
            409,
            "A hold stands already",
            "What is to be stopped is stopped already.",
            "List the holds; to change the reason, lift the hold and set it again."),
    REQUEST_HELD(
            409,
            "A hold stands against the answer",
            "The request cannot be approved while this node holds the node, partner, agreement, leg or release that it"
                    + " concerns.",
            "Lift the hold first, or refuse the request on an agreed ground."),
    REQUEST_DECIDED(
            409,
            "The request is decided already",
            "The request has been approved by as many persons as the leg wants, or was refused.",
            "Nothing is left to do; the answer is or will be signed and sent."),
    INVENTORY_CLOSED(
            403,
            "The inventory is not open to this partner",
            "What the party's authorities hold is shown only to partners that its administrator has admitted.",
            "Ask the partner's administrator; `entente inventory admit PARTY` opens the inventory."),
    INVENTORY_ENTRY_INVALID(
            422,
            "What was declared for the inventory cannot be taken",
            "A member of the declaration is missing, too long, unknown or contradicts another.",
            "Correct what the detail names and declare again."),

    // ---- regional federation ----
    PROGRAMME_INVALID(
            400,
            "The programme is not valid",
            "A member of the programme is missing or unknown, or the framework agreement that it names does not allow what it wants.",
            "Correct what the detail names, all faults are listed, and declare the programme again."),
    ROUND_CLOSED(
            409,
            "The round is closed",
            "The round's deadline has passed or a person has closed it; what became of every question is settled and journaled.",
            "Open another round; the last signed answers stand in where a member is late."),
    NATIONAL_PROFILE_INVALID(
            400,
            "The text of the national profile is not valid",
            "A member of the text is missing, unknown or contradicts another.",
            "Correct what the detail names, all faults are listed, and make the edition again."),
    EDITION_PUBLISHED(
            409,
            "The edition is published already",
            "An edition is published once and for good: what everybody has read stays as it is, at its address.",
            "Nothing is left to do; what is to be different goes into the next edition, which is made and published anew."),
    DEPOSIT_NOT_POSSIBLE(
            409,
            "Nothing can be deposited there",
            "The member is not asked in that round, has answered through its node, or the table is too open for a form.",
            "Check round and member; where the form would be too long, let the programme name the codes."),
    DEPOSIT_INVALID(
            422,
            "The form that came back does not hold",
            "Cells of the workbook are not as the form allows; all of them are listed by sheet, row and column.",
            "Correct the cells that are listed in the form of this round and upload it again; nothing of it was taken."),
    DEPOSIT_TOTALS_DIFFER(
            409,
            "The sums are not those of the upload",
            "A sum that was confirmed is missing or is not the one that was computed from the uploaded figures.",
            "Compare the sheet with your own table; confirm the sums that are shown, or upload the corrected form."),
    DEPOSIT_LINK_UNUSABLE(
            410,
            "The upload link cannot be used",
            "The link is unknown, has expired, or the figures uploaded by it were confirmed already.",
            "Ask the secretariat for a new link."),
    CONSULTATION_NOT_POSSIBLE(
            409,
            "The consultation is not in that state",
            "It is closed, or open where it has to be closed; a comment has no answer yet; the edition is published already; or the edition does"
                    + " not say that comments are asked for on it, or says so and nobody was asked.",
            "Look at the consultation; answer all comments and close it before the edition is published. Comments are asked for on an"
                    + " edition that was made for them (`profile make --for-comments`)."),
    CONSULTATION_LINK_UNUSABLE(
            410,
            "The link for comments cannot be used",
            "The link is unknown, has expired, comments were sent by it already, or the consultation was closed.",
            "Ask whoever has sent it for a new link."),
    COMMENTS_INVALID(
            422,
            "The comments cannot be taken",
            "There is no comment, one is too long, or one is on a section that the draft does not have.",
            "Correct what the detail names and send them again; nothing was taken, and the link is still good."),
    LIBRARY_ENTRY_INVALID(
            422,
            "The entry of the library is not valid",
            "A member of the entry is missing or is none, its file is too large or of another kind than the library takes, or it was"
                    + " withdrawn already.",
            "Correct what the detail names, all faults are listed, and enter it again."),
    PROFILE_UNSAFE(
            409,
            "The profile would reveal what a member does not show",
            "From all tables of the profile, together with the editions that are published, somebody could infer a figure that a"
                    + " member withholds or that only goes into totals; or the agreement does not let the figures go on to the public.",
            "Ask the members that the detail names to withhold one figure more or to show the one that is named, or declare the"
                    + " next version of the programme with fewer breakdowns or with `publish: NOTHING` for the table; then make"
                    + " the edition again."),

    // ---- treaties ----
    AGREEMENT_UNKNOWN(
            404,
            "There is no such agreement",
            "The agreement that is named is not held by this node, or not in that version.",
            "Check id and digest; exchange the agreement with the partner."),
    AGREEMENT_NOT_IN_EFFECT(
            403,
            "The agreement is not in effect",
            "The agreement is not signed by all, has not begun, is suspended, or has ended.",
            "Complete the acts that the detail names, or use the agreement that is in effect."),
    AGREEMENT_REFUSED(
            403,
            "No agreement allows this request",
            "The decision named by the detail found no clause that permits the request.",
            "Ask for what the named clauses allow, or negotiate an amendment."),
    LEG_AMBIGUOUS(
            409,
            "More than one leg fits the request",
            "Several legs with different obligations cover what is asked.",
            "Name one of the legs that are listed."),
    AGREEMENT_INVALID(
            422,
            "The document is no valid agreement",
            "The document does not follow the schema or contradicts itself; every place is named. Nothing was kept.",
            "Correct the places that are named and send the document again."),
    AGREEMENT_TEXT_DIFFERS(
            409,
            "The two sides hold different texts",
            "The act or proposal is about another text than the one this node holds under the same id and version.",
            "Compare the digests with the partner; before signature another text is proposed as an answer to the one"
                    + " held (--counters), afterwards as the next version."),
    PARTY_NOT_INVOLVED(
            403,
            "The party has no part in this agreement",
            "The party that acts, or the node that passes the act on, is no party to the agreement.",
            "Only parties act on an agreement; check the parties it names."),
    ROOT_CARD_DIFFERS(
            409,
            "The agreement names another root card",
            "The root card that the document names for a party is not the one at which trust in that party starts"
                    + " here.",
            "Put the root card digests that both nodes show into the document and propose it again."),
    SIGNATORY_UNKNOWN(
            403,
            "The signer is not a signatory",
            "The certificate that signed is not among the signatories on the party's current card.",
            "Have the officer's certificate put on the party's card, exchange the card, then send the act again."),
    ACT_COMPANION_REFUSED(
            403,
            "The act's post-quantum signature is missing or does not hold",
            "The party's card lists a post-quantum key for the signatory, and the act is not signed with it as well; or"
                    + " it is signed with one that the card does not list.",
            "Have the officer sign again with the key file that holds both keys; if the post-quantum key is new,"
                    + " exchange the card first."),
    ACT_INVALID(
            422,
            "The act cannot be accepted",
            "The act is malformed, its signature does not verify, or it is dated in the future.",
            "Make and sign the act anew; what is wrong is named in the detail."),
    ACT_OUT_OF_ORDER(
            409,
            "The act does not fit the state of the agreement",
            "The agreement is in a state in which this act has no place, or the act was carried out before.",
            "Read the agreement's state; do first what the detail names."),
    ACT_NOT_ALLOWED(
            403,
            "The agreement does not know this act",
            "The nature of the agreement or one of its clauses excludes this act.",
            "Use an act that the agreement provides for, or amend it."),
    CARD_UNCONFIRMED(
            409,
            "The card of the act's author waits for a person",
            "The act was passed on by the depositary, and nobody here has confirmed the card of the party that made"
                    + " it.",
            "Compare the fingerprint that `entente card passed-on` shows with that party, then `entente card confirm`;"
                    + " the act is sent again by itself."),
    SCAN_UNKNOWN(
            404,
            "No act names this scan",
            "A scan is kept only if the act of a signature on paper carries its digest.",
            "Hand in the act first; check that it was made from this very file."),
    ;

    private static final String TYPE_BASE = "https://w3id.org/entente/errors/";

    private final int status;
    private final String title;
    private final String cause;
    private final String remedy;

    ErrorCode(int status, String title, String cause, String remedy) {
        this.status = status;
        this.title = title;
        this.cause = cause;
        this.remedy = remedy;
    }

    /** The stable kebab-case code, for example {@code nonce-replayed}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The problem type of RFC 9457 section 3.1.1. */
    public String type() {
        return TYPE_BASE + code();
    }

    /** The HTTP status under which the error is reported. */
    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** What has gone wrong, for the catalogue. */
    public String cause() {
        return cause;
    }

    /** What the reader can do about it. */
    public String remedy() {
        return remedy;
    }
}
