/* The steps that both kinds of evidence have in common. */

/* Does the steps one after the other until one does not hold. Each returns what it found and a sentence for a person. */
async function inSteps(work) {
  const steps = [];
  const step = async (name, check) => {
    try {
      const [result, sentence] = await check();
      steps.push({ name, holds: true, sentence });
      return result;
    } catch (e) {
      steps.push({ name, holds: false, sentence: e instanceof Refused ? e.message : 'cannot be read: ' + e.message });
      throw steps;
    }
  };
  try { await work(step); } catch (e) { if (e !== steps) throw e; }
  return { holds: steps.length > 0 && steps.every(s => s.holds), steps };
}
function readFile(bytes, format, required, optional) {
  const file = parseCanonical(bytes, 'the file');
  need(file?.format === format, 'the file is not of format ' + format);
  for (const name of Object.keys(file)) need(required.includes(name) || optional.includes(name), 'the file has the unknown member ' + name);
  for (const name of required) need(file[name] !== undefined && file[name] !== null, 'the file lacks ' + name);
  return file;
}
const cardsStep = (step, evidence, roots) => step('cards', async () => {
  const chains = await checkCards(evidence, roots);
  return [chains, 'chains of ' + [...chains.keys()].sort().join(', ') + ' hold, from the given root cards'];
});
const equal = (member, expected, found) => need(canonical(expected ?? null) === canonical(found ?? null),
  "the record's member '" + member + "' is " + canonical(found ?? null) + ', but it must be ' + canonical(expected ?? null));
/* The record that an entry's proof carries, which must be the one that is shown. */
async function proved(entry, names, card) {
  const proof = await checkProof(entry.proof, names, null, card);
  const record = parseCanonical(proof.record, 'a record');
  need(canonical(record) === canonical(entry.record), 'the record that is shown is not the one that its proof carries');
  return { ...proof, record };
}
/* `about` is the member of the seal's payload that says what the file is evidence of. */
const sealStep = (step, evidence, about, chains) => step('seal', async () => {
  const { seal, ...rest } = evidence;
  const document = await openDocument(seal, 'the seal');
  equal('seal', { type: 'entente-evidence-seal', [about]: evidence[about], sha256: toBase64Url(await sha256(utf8.encode(canonical(rest)))) }, document.content);
  const chain = chains.get(evidence.exported.by) ?? [], by = document.certificates[0];
  need(chain.some(c => same(c.keys.get('signing').certificate.der, by.der)), 'the seal is not by a signing key on the cards of ' + evidence.exported.by);
  // The seal is over the cards, so that one of a replaced key was made when the replacement was known.
  const { from, until, replaced } = keyWindow(chain, by);
  need(!replaced, 'the seal is by a key of ' + evidence.exported.by + ' that was lost or stolen');
  need(by.at >= from && by.at <= until, 'the key of the seal does not count at the time of its signature');
  return [null, 'sealed by ' + evidence.exported.by];
});
/* `entries` holds, by the names that stamps use, the leaf of an entry and its journal. */
const timeStep = (step, evidence, entries, asserted) => step('time', async () => {
  if (!evidence.stamps) return [null, asserted + '; no timestamp authority has attested it'];
  for (const stamp of evidence.stamps) {
    need(Object.hasOwn(entries, stamp.entry) && entries[stamp.entry], "a timestamp is about '" + stamp.entry + "', which is not in the file");
    const { leaf, names } = entries[stamp.entry];
    await checkProof(stamp.proof, names, leaf, null);
  }
  return [null, asserted + ': the stamped checkpoints hold their entries, but this page does not check the '
    + evidence.stamps.reduce((n, s) => n + s.tokens.length, 0) + ' timestamp tokens in the file; OpenSSL or `entente verify --tsa` does'];
});
/* Whether the key of a message counts at the time of its signature, in words. */
function keyInTime(signed) {
  const { from, until, replaced } = keyWindow(signed.chain, signed.certificate);
  need(signed.created >= from && signed.created <= until, 'the key of ' + signed.party + ' does not count at the time of its signature');
  return { replaced, sentence: signed.party + "'s key counts until " + new Date(until).toISOString() + (replaced ? ', when it was lost or stolen' : '') };
}
