/*
 * Evidence of figures from an opened crisis pack, by its consumer or by its provider: nobody asked for them; the clause that orders the pack and the
 * officer's declaration stand for a request.
 */

// ---- what both kinds have in common ---------------------------------------------------------------------------------

/* The document is the one that the file is about, under the agreement in it, which orders such a pack from its provider. */
function orderedPack(bytes, evidence, agreement, provider) {
  const document = parseCanonical(bytes, 'the document');
  exactly(document, ['type', 'version', 'id', 'agreement', 'leg', 'release', 'made', 'decision', 'csv'], 'the document');
  need(document.type === 'entente-pack' && document.version === 1, 'the document is no crisis pack of version 1');
  need(document.id === evidence.pack, 'the document is that of the pack ' + document.id);
  const { decision } = document, { text, reference } = agreement;
  need(decision.outcome === 'permit', 'the document carries no permit for its figures');
  need(canonical(document.agreement) === canonical(reference) && decision.digest === reference.digest && decision.leg === document.leg,
    'the document was made under another agreement than the one in the file');
  need(text.crisis?.packs.some(pack => pack.leg === document.leg), 'the agreement orders no crisis pack of leg ' + document.leg);
  const leg = text.legs.find(l => l.id === document.leg), framework = text.kind === 'FRAMEWORK';
  need(leg, 'the agreement has no leg ' + document.leg);
  need(framework || leg.provider === provider, 'the pack is not by the provider of leg ' + leg.id);
  return {
    document, decision, leg: leg.id, figures: fromBase64(document.csv, 'the figures'),
    isConsumer: party => framework || leg.consumer === party,
    about: { pack: document.id, agreement: document.agreement, leg: leg.id, release: document.release.id },
  };
}
/* A party with the card by which a record names it, and the journal that it had under this card. */
function packSide(record, side, party, chains) {
  const chain = chains.get(party) ?? [], card = chain.find(c => c.digest === record[side]?.card);
  need(card, "the record '" + record.kind + "' names no card of " + party + ' in the file');
  return { side: { party, rootCard: chain[0].digest, card: card.digest }, journal: journalNames(chain, card) };
}
/* That a journal holds a record with exactly these members and a time: all but the time follows from other parts of the file. */
async function exactRecord(entry, names, expected) {
  const p = await proved(entry, names, null);
  for (const [member, value] of Object.entries(expected)) equal(member, value, p.record[member]);
  exactly(p.record, [...Object.keys(expected), 'time'], 'the record');
  need(typeof p.record.time === 'string', 'the record has no time');
  return { leaf: p.leaf, names, where: p.where };
}
const declarationStep = (step, evidence, agreement, pack, consumer, chains) => step('declaration', async () => {
  const act = await checkAct(evidence.declaration, agreement, chains, 'the declaration');
  need(act.act === 'pack-opened' && act.party === consumer && act.digest === agreement.reference.digest
    && act.leg === pack.leg && act.release === pack.document.release.id,
    'the declaration does not open this pack, or is not by an officer of its consumer');
  return [act, 'an officer of ' + act.party + ' opened it on ' + act.at + ': ' + act.reason];
});
const packAgreement = (step, evidence, chains) => step('agreement', async () => {
  const a = await checkAgreement(evidence, chains);
  return [a, a.sentence];
});

// ---- by the consumer, of the figures that it opened ------------------------------------------------------------------

const PACK_FORMAT = 'entente-pack-evidence/1';
const verifyPack = (bytes, roots) => inSteps(async step => {
  const evidence = await step('format', async () => {
    const e = readFile(bytes, PACK_FORMAT,
      ['format', 'pack', 'exported', 'delivery', 'received', 'declaration', 'opened', 'agreement', 'cards', 'page', 'seal'],
      ['stamps', 'companions']);
    return [e, 'evidence of the crisis pack ' + e.pack];
  });
  const { delivery } = evidence;
  const chains = await cardsStep(step, evidence, roots);
  const agreement = await packAgreement(step, evidence, chains);
  const body = await step('delivery-digest', async () => {
    const b = fromBase64Url(delivery.body, 'delivery.body');
    return [b, await checkDigest(delivery, b, 'delivery')];
  });
  const sent = await step('delivery-signature', async () => {
    const s = await checkRequest(delivery, body, false, chains);
    return [s, s.sentence];
  });
  const pack = await step('pack', async () => {
    const p = orderedPack(body, evidence, agreement, sent.party);
    return [p, sent.party + ' delivered what clause 32 orders of leg ' + p.leg + ': release ' + p.document.release.id];
  });
  const { side: consumer, journal } = await step('consumer', async () => {
    const party = evidence.exported.by;
    need(party !== sent.party && pack.isConsumer(party), party + ' is not the consumer of leg ' + pack.leg);
    return [packSide(evidence.received.record, 'consumer', party, chains), party + ' has made the file'];
  });
  const entries = {};
  await step('received', async () => {
    entries.received = await exactRecord(evidence.received, journal, {
      kind: 'pack-received', ...pack.about, provider: sent.side, consumer, document: toBase64Url(await sha256(body)),
      request: { ...sent.part, contentDigest: header(delivery, 'content-digest') },
    });
    return [null, entries.received.where];
  });
  const act = await declarationStep(step, evidence, agreement, pack, consumer.party, chains);
  await step('opened', async () => {
    entries.opened = await exactRecord(evidence.opened, journal,
      { kind: 'pack-unsealed', ...pack.about, act: act.id, figures: toBase64Url(await sha256(pack.figures)) });
    return [null, entries.opened.where];
  });
  await step('witnesses', async () => [null, await checkWitnesses(
    [evidence.received, evidence.opened].map(entry => ({ entry, names: journal })), chains)]);
  await sealStep(step, evidence, 'pack', chains);
  await timeStep(step, evidence, entries, 'asserted by the consumer');
  // The consumer's journal holds the provider's signature: of a key that was lost or stolen, that is the other party's word.
  await step('keys', async () => [null, keyInTime(sent).sentence]);
});

// ---- by the provider, of what it delivered ---------------------------------------------------------------------------

const DELIVERY_FORMAT = 'entente-pack-delivery/1';
const verifyDelivery = (bytes, roots) => inSteps(async step => {
  const evidence = await step('format', async () => {
    const e = readFile(bytes, DELIVERY_FORMAT,
      ['format', 'pack', 'exported', 'document', 'made', 'received', 'declaration', 'agreement', 'cards', 'page', 'seal'],
      ['stamps', 'companions']);
    return [e, "its provider's evidence of the crisis pack " + e.pack];
  });
  const provider = evidence.exported.by;
  const chains = await cardsStep(step, evidence, roots);
  const agreement = await packAgreement(step, evidence, chains);
  const { pack, digest } = await step('pack', async () => {
    const document = fromBase64Url(evidence.document, 'document');
    const p = orderedPack(document, evidence, agreement, provider);
    return [{ pack: p, digest: await sha256(document) }, 'clause 32 orders it of ' + provider + ' for leg ' + p.leg + ': release ' + p.document.release.id];
  });
  const consumer = await step('consumer', async () => {
    const party = evidence.received.record.consumer?.party;
    need(party !== provider && pack.isConsumer(party), party + ' is not the consumer of leg ' + pack.leg);
    return [party, 'it was for ' + party];
  });
  const sides = ({ record }) => [packSide(record, 'provider', provider, chains), packSide(record, 'consumer', consumer, chains)];
  const about = (ours, theirs) => ({ ...pack.about, provider: ours.side, consumer: theirs.side, document: toBase64Url(digest) });
  const making = await step('made', async () => {
    const [ours, theirs] = sides(evidence.made);
    const made = await exactRecord(evidence.made, ours.journal, { kind: 'pack-made', ...about(ours, theirs), decision: pack.decision });
    return [made, 'made under the card ' + ours.side.card];
  });
  const holding = await step('received', async () => {
    const [ours, theirs] = sides(evidence.received), { request } = evidence.received.record;
    // Of the message that brought it, the provider keeps nothing; what the consumer says of it names the document, and a key of the provider.
    need(request?.keyid?.startsWith(ours.side.card + '/') && request.contentDigest === 'sha-256=:' + toBase64(digest) + ':',
      "the record 'pack-received' names a message by another key, or with another document");
    const received = await exactRecord(evidence.received, theirs.journal, { kind: 'pack-received', ...about(ours, theirs), request });
    return [received, 'sealed, by ' + consumer + ': ' + received.where];
  });
  await declarationStep(step, evidence, agreement, pack, consumer, chains);
  await step('witnesses', async () => [null, await checkWitnesses(
    [{ entry: evidence.made, names: making.names }, { entry: evidence.received, names: holding.names }], chains)]);
  await sealStep(step, evidence, 'pack', chains);
  await timeStep(step, evidence, { made: making }, 'asserted by both parties');
});
