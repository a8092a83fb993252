/* Evidence of an exchange: the steps of docs/evidence.md, as `entente verify` does them. */

const verifyExchange = (bytes, roots) => inSteps(async step => {
  const evidence = await step('format', async () => {
    const e = readFile(bytes, 'entente-evidence/1',
      ['format', 'exchange', 'exported', 'request', 'response', 'answered', 'cards', 'page', 'seal'],
      ['received', 'deleted', 'notes', 'stamps', 'agreement', 'companions']);
    return [e, 'evidence of exchange ' + e.exchange];
  });
  const { request, response } = evidence;
  const chains = await cardsStep(step, evidence, roots);
  const agreement = await step('agreement', async () => {
    const a = await checkAgreement(evidence, chains);
    return [a, a?.sentence ?? 'the exchange names no agreement'];
  });
  const requestBody = await step('request-digest', async () => {
    const body = fromBase64Url(request.body, 'request.body');
    return [body, await checkDigest(request, body, 'request')];
  });
  const asked = await step('request-signature', async () => {
    const s = await checkRequest(request, requestBody, true, chains);
    return [s, s.sentence];
  });
  const length = await step('response-digest', async () => {
    const body = 'body' in response ? fromBase64Url(response.body, 'response.body') : null;
    return [body === null ? response.length : body.length, 'status ' + response.status + '; ' + await checkDigest(response, body, 'answer')];
  });
  const answered = await step('response-signature', async () => {
    const s = await checkResponse(response, length, request, chains);
    return [s, s.sentence];
  });
  // What stands in the fields for an agreement or a leg that there is not.
  const named = name => header(request, name) === 'none' ? null : header(request, name);
  await step('parties', async () => {
    need(header(request, 'entente-exchange') === evidence.exchange, 'the request belongs to another exchange');
    const under = named('entente-agreement');
    need(agreement ? under === agreement.id : under === null, 'the request names the agreement ' + under + ', which is not the one in the file');
    return [null, asked.party + ' asked ' + answered.party];
  });
  const parts = {
    request: { ...asked.part, contentDigest: header(request, 'content-digest') },
    response: { ...answered.part, status: response.status, contentDigest: header(response, 'content-digest'), contentType: header(response, 'content-type') ?? '' },
  };
  const common = record => {
    equal('exchange', evidence.exchange, record.exchange);
    equal('provider', answered.side, record.provider);
    equal('consumer', asked.side, record.consumer);
    equal('leg', named('entente-leg'), record.leg);
    equal('purpose', header(request, 'entente-purpose'), record.purpose);
    equal('requester', header(request, 'entente-requester'), record.requester);
  };
  const entries = {};
  await step('answered', async () => {
    const p = await proved(evidence.answered, answered.journal, answered.card);
    equal('kind', 'answered', p.record.kind);
    common(p.record);
    if (p.record.decision.outcome === 'permit' || p.record.agreement) equal('agreement', agreement?.reference, p.record.agreement);
    equal('request', parts.request, p.record.request);
    equal('response', parts.response, p.record.response);
    entries.answered = { leaf: p.leaf, names: answered.journal };
    return [null, p.where];
  });
  await step('received', async () => {
    if (!evidence.received) return [null, 'not in the file'];
    const p = await proved(evidence.received, asked.journal, asked.card);
    const { kind } = p.record;
    need(['received', 'rejected', 'never-received'].includes(kind), 'the record is of the kind ' + kind);
    common(p.record);
    // What was never answered names the last request, and a rejected answer may have been another one than the provider signed.
    if (kind !== 'never-received') equal('request', parts.request, p.record.request);
    if (kind === 'received') equal('response', parts.response, p.record.response);
    entries.received = { leaf: p.leaf, names: asked.journal };
    return [null, p.where];
  });
  await step('witnesses', async () => [null, await checkWitnesses([
    { entry: evidence.answered, names: answered.journal },
    { entry: evidence.received, names: asked.journal },
    { entry: evidence.deleted, names: asked.journal }], chains)]);
  if (!('body' in response) || evidence.deleted) {
    await step('deleted', async () => {
      need(evidence.deleted, 'the answer has no body, and nothing proves that it was deleted');
      const p = await proved(evidence.deleted, asked.journal, null);
      equal('kind', 'deleted', p.record.kind);
      equal('exchange', evidence.exchange, p.record.exchange);
      equal('content', header(response, 'content-digest'), p.record.content);
      entries.deleted = { leaf: p.leaf, names: asked.journal };
      return [null, 'deleted on ' + p.record.time + '; ' + p.where];
    });
  }
  if (evidence.notes) {
    await step('notes', async () => {
      for (const note of evidence.notes) await checkAct(note, agreement, chains, 'a note');
      return [null, evidence.notes.length + ' signed acts about the figures'];
    });
  }
  await sealStep(step, evidence, 'exchange', chains);
  await timeStep(step, evidence, entries, 'asserted by both parties');
  await step('keys', async () => {
    const consumer = keyInTime(asked), provider = keyInTime(answered);
    need(!provider.replaced || evidence.received,
      'the key of ' + answered.party + ' was lost or stolen, and the journal of the other party does not say that the answer was there before');
    return [null, consumer.sentence + '; ' + provider.sentence];
  });
});
