/* Signed messages: RFC 9421 and RFC 9530, in the narrow profile of gateways. */

function header(message, name) {
  const values = message.headers.filter(([n]) => n.toLowerCase() === name).map(([, v]) => v.trim());
  return values.length ? values.join(', ') : null;
}
/* Splits a dictionary at commas outside of quotes and brackets. */
function members(field) {
  const found = new Map();
  let depth = 0, quoted = false, item = '';
  const end = () => {
    const equals = item.indexOf('=');
    need(equals > 0 && !found.has(item.slice(0, equals).trim()), 'a signature field cannot be read');
    found.set(item.slice(0, equals).trim(), item.slice(equals + 1).trim());
    item = '';
  };
  for (const c of field) {
    if (c === '"') quoted = !quoted;
    if (!quoted && c === '(') depth++;
    if (!quoted && c === ')') depth--;
    if (c === ',' && !quoted && depth === 0) end(); else item += c;
  }
  end();
  return found;
}
/* All signatures of a message, in order; both fields must name the same labels. */
function signatures(message) {
  const inputs = members(header(message, 'signature-input') ?? ''), values = members(header(message, 'signature') ?? '');
  need(inputs.size === values.size && [...inputs.keys()].every(label => values.has(label)), 'Signature-Input and Signature name different labels');
  return [...inputs].map(([label, text]) => {
    const match = /^\(([^()]*)\)((?:;[a-z]+=(?:\d+|"[^"\\]*"))*)$/.exec(text);
    need(match, 'Signature-Input cannot be read');
    const parameters = new Map();
    for (const [, name, value] of match[2].matchAll(/;([a-z]+)=(\d+|"[^"\\]*")/g)) {
      need(!parameters.has(name), 'a signature parameter stands twice');
      parameters.set(name, value.startsWith('"') ? value.slice(1, -1) : Number(value));
    }
    const signature = /^:([A-Za-z0-9+/=]*):$/.exec(values.get(label));
    need(signature, 'the signature ' + label + ' cannot be read');
    return { label, components: match[1].split(' ').filter(Boolean), parameters, text, signature: fromBase64(signature[1], 'the signature') };
  });
}
function requireExactly(found, expected) {
  need(new Set(found).size === found.length, 'a component is covered twice');
  for (const component of expected) need(found.includes(component), 'the signature does not cover ' + component);
  for (const component of found) need(expected.includes(component), 'the signature covers ' + component + ', which the profile does not know');
}
const TEXTS = ['keyid', 'tag', 'nonce'];
function requireParameters(input, names) {
  for (const name of names) {
    need(input.parameters.has(name), 'the signature lacks the parameter ' + name);
    need(typeof input.parameters.get(name) === (TEXTS.includes(name) ? 'string' : 'number'), 'the parameter ' + name + ' is of the wrong type');
  }
  for (const name of input.parameters.keys()) need(names.includes(name), 'the signature has the unknown parameter ' + name);
}
function base(input, message, request) {
  const lines = input.components.map(component => {
    const ofRequest = component.endsWith(';req');
    const name = component.slice(1, component.lastIndexOf('"'));
    const from = ofRequest || !request ? request ?? message : message;
    const value = { '@method': from.method, '@target-uri': from.url, '@status': String(from.status) }[name] ?? header(from, name);
    need(value !== null && value !== undefined && value !== 'undefined', 'the covered component ' + component + ' is not there');
    need(!/[^\t\x20-\x7e]/.test(value), 'the component ' + component + ' holds characters outside printable ASCII');
    return component + ': ' + value;
  });
  return utf8.encode(lines.join('\n') + '\n"@signature-params": ' + input.text);
}
async function checkDigest(message, body, what) {
  const digest = header(message, 'content-digest');
  if (body === null) {
    need(/^sha-256=:[A-Za-z0-9+/]{43}=:$/.test(digest ?? ''), 'the ' + what + ' states no digest');
    need(Number.isInteger(message.length) && message.length >= 0, 'the ' + what + ' states no length');
    return 'the body was deleted, and its digest stands for it';
  }
  const computed = 'sha-256=:' + toBase64(await sha256(body)) + ':';
  need(computed === digest, 'the body of the ' + what + ' has the digest ' + computed + ', but its Content-Digest says ' + digest);
  return body.length + ' bytes have the stated digest';
}
function keyOf(keyid, chains) {
  const slash = keyid.indexOf('/');
  for (const [party, chain] of chains) {
    const card = chain.find(c => c.digest === keyid.slice(0, slash));
    const key = card?.keys.get(keyid.slice(slash + 1));
    if (key?.alg === 'ecdsa-p256-sha256') return { party, chain, card, certificate: key.certificate };
  }
  throw new Refused('no card in the file has the key ' + keyid);
}
/* The signatures of a message: exactly that of its key, and that of each post-quantum key beside it on the key's card. They are judged at
   the time which the first one states. */
async function checkSignatures(message, request, kind, rules, chains) {
  const inputs = signatures(message), now = inputs[0].parameters.get('created');
  const byTag = new Map(inputs.map(input => [input.parameters.get('tag'), input]));
  need(byTag.size === inputs.length, 'two signatures have the same tag');
  const check = async (tag, verifies) => {
    const input = byTag.get(tag);
    need(input, 'the message has no signature with the tag ' + tag);
    byTag.delete(tag);
    requireParameters(input, rules.parameters);
    need(input.parameters.get('created') <= now, 'a signature is from after the first one');
    rules.check?.(input.parameters, now);
    requireExactly(input.components, rules.components);
    const data = base(input, message, request);
    need(await verifies(input, data), 'the signature by ' + input.parameters.get('keyid') + ' does not verify');
    return { input, data };
  };
  const keyid = byTag.get('entente-' + kind)?.parameters.get('keyid') ?? '';
  const signer = keyOf(keyid, chains);
  const { input, data } = await check('entente-' + kind, (i, d) => p256Verifies(signer.certificate.spki, d, i.signature));
  const companions = [...signer.card.keys].filter(([, key]) => key.alg === 'ml-dsa-65');
  for (const [name, key] of companions) {
    await check('entente-' + kind + '-pq', (i, d) => i.parameters.get('keyid') === signer.card.digest + '/' + name
      && mlDsaVerifies('ML-DSA-65', mlDsa65Key(key.certificate.spki), d, i.signature));
  }
  need(byTag.size === 0, 'the message carries signatures that nobody asked for: ' + [...byTag.keys()].join(', '));
  return {
    ...signer, keyid, created: input.parameters.get('created') * 1000,
    side: { party: signer.party, rootCard: signer.chain[0].digest, card: signer.card.digest },
    journal: journalNames(signer.chain, signer.card),
    part: { base: toBase64Url(await sha256(data)), keyid, signature: toBase64Url(input.signature) },
    sentence: 'signed with ' + keyid + (companions.length ? ', and with its post-quantum companion' : ''),
  };
}
const EXCHANGE_FIELDS = ['accept', 'entente-exchange', 'entente-agreement', 'entente-leg', 'entente-purpose', 'entente-requester'];
/* An exchange has all of its fields; another call, such as the delivery of a pack, has those covered that are there. */
function checkRequest(request, body, exchange, chains) {
  const fields = EXCHANGE_FIELDS.filter(name => exchange || header(request, name) !== null);
  return checkSignatures(request, null, 'request', {
    parameters: ['created', 'expires', 'nonce', 'keyid', 'tag'],
    components: ['@method', '@target-uri', 'content-digest', ...fields, ...(body.length ? ['content-type'] : [])].map(n => '"' + n + '"'),
    check: (parameters, now) => {
      const life = parameters.get('expires') - parameters.get('created');
      need(life > 0 && life <= 300, 'the request lives for more than 300 seconds, or not at all');
      need(now <= parameters.get('expires'), 'a signature of the request had expired');
      const nonce = fromBase64Url(parameters.get('nonce'), 'the nonce');
      need(nonce.length >= 16 && nonce.length <= 64, 'the nonce has not 16 to 64 bytes');
    },
  }, chains);
}
function checkResponse(response, length, request, chains) {
  return checkSignatures(response, request, 'response', {
    parameters: ['created', 'keyid', 'tag'],
    components: [
      ...['@status', 'content-digest', ...(length ? ['content-type'] : []), 'entente-exchange'].map(n => '"' + n + '"'),
      ...['@method', '@target-uri', 'content-digest', 'entente-exchange'].map(n => '"' + n + '";req')],
  }, chains);
}
