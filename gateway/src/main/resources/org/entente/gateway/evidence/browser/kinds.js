/* Which kind of evidence a file is. */

const KINDS = {
  'entente-evidence/1': { verify: verifyExchange, member: 'exchange', words: 'An exchange: ' },
  [PACK_FORMAT]: { verify: verifyPack, member: 'pack', words: 'Figures of a crisis pack that was opened: pack ' },
  [DELIVERY_FORMAT]: { verify: verifyDelivery, member: 'pack', words: "A crisis pack that was opened, from its provider's side: pack " },
};
/* What a file says that it is, and whose cards are in it; null if it is no evidence. Believes nothing. */
function evidenceIn(bytes) {
  try {
    const file = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
    const kind = Object.hasOwn(KINDS, file.format) ? KINDS[file.format] : null, parties = Object.keys(file.cards);
    return kind ? { verify: kind.verify, words: kind.words + file[kind.member], parties } : null;
  } catch (e) { return null; }
}
/* Verifies a file of any kind: `roots` holds by party the fingerprint of its root card. What says of itself to be no other is held to be an exchange's. */
const verifyEvidence = (bytes, roots) => (evidenceIn(bytes)?.verify ?? verifyExchange)(bytes, roots);
