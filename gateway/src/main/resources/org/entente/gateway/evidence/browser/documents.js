/* Documents as their parties sign them: JWS general JSON with ES256, and beside them signatures by ML-DSA-65 (RFC 9964). Cards and the agreement. */

async function openDocument(jws, what) {
  exactly(jws, ['payload', 'signatures'], what);
  const payload = fromBase64Url(jws.payload, what);
  const content = parseCanonical(payload, what);
  const certificates = [];
  need(isObject(content), what + ' is no JSON object');
  need(Array.isArray(jws.signatures) && jws.signatures.length > 0, what + ' is not signed');
  for (const signature of jws.signatures) {
    exactly(signature, ['protected', 'signature'], 'a signature of ' + what);
    const header = parseCanonical(fromBase64Url(signature.protected, what), 'a header of ' + what);
    exactly(header, ['alg', 'cty', 'iat', 'x5c', 'x5t#S256'], 'a header of ' + what);
    need(header.alg === 'ES256', what + ' is signed with ' + header.alg + ', not ES256');
    need(typeof header.cty === 'string' && Number.isSafeInteger(header.iat), 'a header of ' + what + ' lacks its type or time');
    need(Array.isArray(header.x5c) && header.x5c.length > 0, 'a header of ' + what + ' has no certificate');
    const [signer] = header.x5c.map(der => certificate(fromBase64(der, 'x5c')));
    const digest = await sha256(signer.der);
    need(toBase64Url(digest) === header['x5t#S256'], 'x5t#S256 is not the digest of the certificate');
    need(!certificates.some(c => same(c.spki, signer.spki)), 'one key has signed ' + what + ' twice');
    const at = header.iat * 1000;
    need(at >= signer.from && at <= signer.until, 'a certificate was not valid when ' + what + ' was signed');
    const data = utf8.encode(signature.protected + '.' + jws.payload);
    need(await p256Verifies(signer.spki, data, fromBase64Url(signature.signature, what)), 'a signature of ' + what + ' does not verify');
    certificates.push({ ...signer, sha256: toBase64Url(digest), at });
  }
  return { content, payload: jws.payload, digest: await sha256(payload), certificates };
}

// ---- post-quantum signatures beside documents ---------------------------------------------------------------------

/* A public key as a JSON Web Key, with the thumbprint that signatures name it by (RFC 7638). */
async function companionKey(json) {
  exactly(json, ['alg', 'kty', 'pub'], 'a post-quantum key');
  need(json.kty === 'AKP' && json.alg === 'ML-DSA-65', 'a post-quantum key is none for ML-DSA-65');
  const key = fromBase64Url(json.pub, 'a post-quantum key');
  need(key.length === 1952, 'a post-quantum key has another length than one for ML-DSA-65');
  return { key, thumbprint: toBase64Url(await sha256(utf8.encode(canonical(json)))) };
}
/* A JWS with detached content (RFC 7515 appendix F). */
function readCompanion(json) {
  exactly(json, ['protected', 'signature'], 'a post-quantum signature');
  const what = 'the header of a post-quantum signature';
  const header = parseCanonical(fromBase64Url(json.protected, what), what);
  exactly(header, ['alg', 'cty', 'iat', 'kid'], what);
  need(header.alg === 'ML-DSA-65', 'a post-quantum signature is by ' + header.alg + ', not ML-DSA-65');
  need(typeof header.cty === 'string' && typeof header.kid === 'string' && Number.isSafeInteger(header.iat), what + ' cannot be read');
  return { header: json.protected, signature: fromBase64Url(json.signature, 'a post-quantum signature'), kid: header.kid, at: header.iat * 1000 };
}
/* Those of {"signatures": [...]}. */
function companionsOf(file) {
  if (file === undefined) return [];
  exactly(file, ['signatures'], 'the post-quantum signatures');
  need(Array.isArray(file.signatures) && file.signatures.length > 0, 'the post-quantum signatures are no list');
  return file.signatures.map(readCompanion);
}
/* The officer as the card lists it that was current at a moment; as the last card does, if that one does not. */
function officerAt(chain, sha256, at) {
  const listed = c => officers([c]).find(o => o.certificateSha256 === sha256);
  const current = chain.find((c, i) => i === chain.length - 1 || Date.parse(chain[i + 1].card.issued) > at);
  return current && (listed(current) ?? listed(chain.at(-1)));
}
/* Required of each officer for whom the card of that time lists a key, at the time of the officer's signature; and none may be there that
   no card vouches for, unless somebody has signed whose cards are not in the file. Returns how many there are. */
async function checkCompanions(companions, document, chains, parties) {
  const left = [...companions];
  let strangers = false;
  for (const signer of document.certificates) {
    const found = parties.map(party => officerAt(chains.get(party) ?? [], signer.sha256, signer.at)).filter(Boolean);
    strangers ||= found.length === 0;
    for (const officer of found) {
      if (!officer.companion) continue;
      const { key, thumbprint } = await companionKey(officer.companion);
      const at = left.findIndex(c => c.kid === thumbprint);
      need(at >= 0, 'the signature of ' + officer.name + ' lacks that of the post-quantum key which the card of that time lists');
      const [companion] = left.splice(at, 1);
      need(companion.at === signer.at, 'the post-quantum signature of ' + officer.name + ' states another time than the signature beside it');
      need(mlDsaVerifies('ML-DSA-65', key, utf8.encode(companion.header + '.' + document.payload), companion.signature),
        'the post-quantum signature of ' + officer.name + ' does not verify');
    }
  }
  need(left.length === 0 || strangers, 'a post-quantum signature is by a key that no card lists');
  return companions.length - left.length;
}

// ---- cards ----------------------------------------------------------------------------------------------------

const MESSAGE_KEYS = ['ecdsa-p256-sha256', 'ml-dsa-65'];
async function openCard(jws, party) {
  const document = await openDocument(jws, 'a card of ' + party);
  const card = document.content;
  need(card.type === 'entente-card' && card.party === party, 'a card of ' + card.party + ' stands among those of ' + party);
  need((card.sequence === 1) === !('previous' in card), 'a card of ' + party + ' names one before it exactly if it is not the first');
  const keys = new Map();
  for (const key of card.signing) {
    need(MESSAGE_KEYS.includes(key.alg) && !keys.has(key.name), 'a card of ' + party + ' lists a signing key twice or of an unknown kind');
    keys.set(key.name, { alg: key.alg, certificate: certificate(fromBase64(key.certificate, 'a certificate')) });
    if (key.alg === 'ml-dsa-65') mlDsa65Key(keys.get(key.name).certificate.spki);
  }
  need(card.signing[0].name === 'signing' && keys.get('signing').alg === 'ecdsa-p256-sha256', 'a card lists no signing key');
  for (const officer of officers([{ card }])) if (officer.companion) await companionKey(officer.companion);
  const signedBy = other => document.certificates.some(c => same(c.spki, other.spki));
  need(signedBy(keys.get('signing').certificate), 'a card of ' + party + ' is not signed by the key that it lists');
  const byOfficerOf = before => officers([{ card: before }]).some(o => document.certificates.some(c => c.sha256 === o.certificateSha256));
  return { card, keys, journal: await journalKey(card.journal), digest: toBase64Url(document.digest), fingerprint: fingerprint(document.digest), signedBy, byOfficerOf };
}
/* The key before has signed the next card; or, where it was lost or stolen, an officer on the card before, and no key goes on. A companion
   comes and goes with its journal key. */
function continues(before, next) {
  if (next.card.journal.vkey === before.card.journal.vkey && next.card.journal.companion !== before.card.journal.companion) return false;
  if (!next.card.replaces) return next.signedBy(before.keys.get('signing').certificate);
  const tls = c => c.card.tls.map(t => certificate(fromBase64(t.certificate, 'a certificate')));
  const shared = (some, others) => some.some(a => others.some(b => same(a.spki, b.spki)));
  const signing = c => [...c.keys.values()].map(k => k.certificate);
  return next.byOfficerOf(before.card) && !shared(signing(before), signing(next)) && !shared(tls(before), tls(next))
    && Date.parse(next.card.replaces.since) <= Date.parse(next.card.issued);
}
async function checkCards(evidence, roots) {
  const chains = new Map();
  for (const [party, list] of Object.entries(evidence.cards)) {
    const chain = [];
    for (const jws of list) {
      const next = await openCard(jws, party);
      if (chain.length) {
        const before = chain.at(-1);
        need(next.card.sequence === before.card.sequence + 1 && next.card.previous === before.digest
          && next.card.issued >= before.card.issued && continues(before, next),
          'the chain of cards of ' + party + ' is broken at card ' + next.card.sequence);
      }
      chain.push(next);
    }
    need(chain.length > 0, 'there is no card of ' + party);
    const given = typedFingerprint(roots[party] ?? '');
    need(given !== '', 'the fingerprint of the root card of ' + party + ' was not given');
    need(given === chain[0].fingerprint, 'the root card of ' + party + ' has the fingerprint ' + chain[0].fingerprint + ', not ' + given);
    chains.set(party, chain);
  }
  return chains;
}
const officers = chain => chain.flatMap(c => c.card.authorities).flatMap(a => a.signatories);

/* When a signing key counts: until its certificate or the last card that lists it ends, a day into the time of the key that follows, or the moment
   since which it is lost or stolen. */
function keyWindow(chain, key) {
  let cards = null, next = null, replaced = false;
  for (const c of chain) {
    const listed = c.keys.get('signing').certificate;
    const since = c.card.replaces && cards !== null && !replaced ? Date.parse(c.card.replaces.since) : null;
    if (since !== null && (next === null || since < next)) { next = since; replaced = true; }
    else if (!replaced && same(listed.der, key.der)) { cards = Math.max(cards ?? 0, Date.parse(c.card.validUntil)); next = null; }
    else if (!replaced && cards !== null && next === null) next = Math.max(listed.from, Date.parse(c.card.issued)) + DAY;
  }
  return { from: key.from, until: Math.min(key.until, cards, next ?? Infinity), replaced };
}

// ---- the agreement and acts under it --------------------------------------------------------------------------------

async function checkAgreement(evidence, chains) {
  if (!evidence.agreement) return null;
  const document = await openDocument(evidence.agreement, 'the agreement');
  const agreement = document.content;
  const names = [];
  for (const party of agreement.parties) {
    const chain = chains.get(party.id) ?? [];
    // Of a framework, the file holds the cards of the two sides of the exchange alone.
    if (agreement.kind === 'FRAMEWORK' && !chain.length) continue;
    need(chain.length && chain[0].digest === party.rootCard, 'the agreement names another root card of ' + party.id);
    const signed = officers(chain).filter(o => document.certificates.some(c => c.sha256 === o.certificateSha256));
    need(signed.length > 0, 'no officer on a card of ' + party.id + ' has signed the agreement');
    names.push(signed[0].name + ' (' + signed[0].post + ', ' + party.id + ')');
  }
  const companions = await checkCompanions(companionsOf(evidence.companions), document, chains, agreement.parties.map(p => p.id));
  return {
    id: agreement.id, text: agreement,
    reference: { id: agreement.id, version: agreement.version, digest: toBase64Url(document.digest) },
    sentence: agreement.id + ' version ' + agreement.version + ', signed by ' + names.join(', ')
      + (companions ? ', of which with a post-quantum key: ' + companions : ''),
  };
}
/* An act in the form in which nodes exchange it: by an officer on a card of the acting party, and about this agreement. */
async function checkAct(message, agreement, chains, what) {
  const document = await openDocument(message.instrument, what);
  const act = document.content;
  need(officers(chains.get(act.party) ?? []).some(o => o.certificateSha256 === document.certificates[0].sha256),
    what + ' is not by an officer on a card of ' + act.party);
  need(act.agreement === agreement?.id, what + ' is about another agreement');
  const companions = 'companion' in message ? [readCompanion(message.companion.document)] : [];
  await checkCompanions(companions, document, chains, [act.party]);
  return act;
}
