/* Journals: proofs, checkpoints, cosignatures and Merkle paths (C2SP tlog-proof, signed-note, tlog-checkpoint, tlog-cosignature; RFC 9162 section 2.1.3.2). */

const ED25519 = 1, COSIGNATURE = 4, ML_DSA_44 = 6; // types of C2SP signed-note
const KEY_LENGTHS = { [ED25519]: 32, [COSIGNATURE]: 32, [ML_DSA_44]: 1312 };

async function noteKey(name, type, bytes) {
  return { name, type, bytes, id: (await sha256(concat(utf8.encode(name + '\n'), [type], bytes))).slice(0, 4) };
}
/* A key as cards list it: name+hex(id)+base64(type and key). */
async function readVkey(vkey, origin, type) {
  const match = /^([^+\s]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey);
  need(match && match[1] === origin, 'a journal key is not named as its journal');
  const typed = fromBase64(match[3], 'a journal key');
  need(typed[0] === type && typed.length === 1 + KEY_LENGTHS[type], 'a journal key is of another type than its place wants');
  const key = await noteKey(origin, type, typed.slice(1));
  need([...key.id].map(b => b.toString(16).padStart(2, '0')).join('') === match[2], 'the id of a journal key is not its own');
  return key;
}
/* The journal key of a card, with its post-quantum companion where there is one; and the same as those of a witness. */
async function journalKey(listed) {
  const key = await readVkey(listed.vkey, listed.origin, ED25519);
  const companion = 'companion' in listed ? await readVkey(listed.companion, listed.origin, ML_DSA_44) : null;
  const name = listed.origin.split('/')[0] + '/witness';
  return {
    origin: listed.origin, vkey: listed.vkey, key, companion,
    witness: {
      key: await noteKey(name, COSIGNATURE, key.bytes),
      companion: companion && await noteKey(name, ML_DSA_44, companion.bytes),
    },
  };
}
/* The keys that a party's journal has had, newest first, under each name that it has on a card or a later one: a journal keeps its name when its key
   changes, and what any of its keys has signed is its own; one that could not be continued has another. */
function journalNames(chain, card) {
  const names = new Map();
  for (const { journal: { origin } } of chain.slice(chain.indexOf(card))) {
    const keys = [];
    for (const { journal } of [...chain].reverse()) {
      if (journal.origin === origin && !keys.some(k => k.vkey === journal.vkey)) keys.push(journal);
    }
    names.set(origin, keys);
  }
  return names;
}

// ---- notes ------------------------------------------------------------------------------------------------------

function readNote(note) {
  const cut = note.lastIndexOf('\n\n');
  need(cut >= 0 && note.endsWith('\n') && cut + 2 < note.length, 'a checkpoint has no signatures after an empty line');
  const lines = note.slice(cut + 2, -1).split('\n').map(line => {
    const match = /^\u2014 (\S+) (\S+)$/.exec(line);
    need(match, 'a signature line of a checkpoint cannot be read');
    const bytes = fromBase64(match[2], 'a signature of a checkpoint');
    need(bytes.length > 4, 'a signature line of a checkpoint is empty');
    return { name: match[1], id: bytes.slice(0, 4), signature: bytes.slice(4) };
  });
  const text = note.slice(0, cut + 1), parts = text.slice(0, -1).split('\n');
  need(parts.length >= 3 && parts.every(part => part !== ''), 'a checkpoint has an origin, a size and a root, each on a line');
  const [origin, size, root] = parts;
  need(/^(0|[1-9]\d{0,18})$/.test(size) && BigInt(size) < 2n ** 63n && fromBase64(root, 'the root of a checkpoint').length === 32, 'a checkpoint cannot be read');
  return { text, lines, origin, size, root };
}
const signs = (key, line) => key.name === line.name && same(key.id, line.id);
const number = value => { const bytes = new Uint8Array(8); new DataView(bytes.buffer).setBigUint64(0, BigInt(value)); return bytes; };
const seconds = line => new DataView(line.signature.buffer, line.signature.byteOffset, 8).getBigInt64(0);
/* What type 0x06 signs: the tree from its first entry on, the signer's name and the time; extension lines are no part of it. */
function subtree(name, note, time) {
  const named = text => { const bytes = utf8.encode(text); need(bytes.length <= 255, 'a name below a checkpoint is too long'); return concat([bytes.length], bytes); };
  return concat(utf8.encode('subtree/v1\n\0'), named(name), number(time), named(note.origin), number(0), number(note.size), fromBase64(note.root, 'the root'));
}
async function lineVerifies(key, line, note) {
  const { signature } = line, timed = key.type !== ED25519;
  if (signature.length !== (key.type === ML_DSA_44 ? 2420 : 64) + (timed ? 8 : 0) || timed && seconds(line) < 0n) return false;
  if (key.type === ML_DSA_44) return mlDsaVerifies('ML-DSA-44', key.bytes, subtree(key.name, note, seconds(line)), signature.slice(8));
  const message = utf8.encode((timed ? 'cosignature/v1\ntime ' + seconds(line) + '\n' : '') + note.text);
  const usable = await crypto.subtle.importKey('raw', key.bytes, { name: 'Ed25519' }, false, ['verify']);
  return crypto.subtle.verify('Ed25519', usable, signature.slice(timed ? 8 : 0), message);
}
/* The lines by known keys. One that does not verify refuses the note; others, and a second one by the same key, are not looked at. */
async function verifiedLines(note, known) {
  const found = new Map();
  for (const line of note.lines) {
    const key = known.find(k => signs(k, line));
    if (!key || found.has(key)) continue;
    need(await lineVerifies(key, line, note), 'the signature of ' + line.name + ' on a checkpoint does not verify');
    found.set(key, line);
  }
  return found;
}
/* A checkpoint counts by the newest of its journal's keys that has signed it, and only with that key's companion, where it has one. */
async function openCheckpoint(note, names, witnesses) {
  const keys = names.get(note.origin);
  need(keys, 'the checkpoint is of ' + note.origin + ', and the cards name ' + [...names.keys()].join(', '));
  const signer = keys.find(k => note.lines.some(line => signs(k.key, line))) ?? keys[0];
  const own = [signer.key, signer.companion].filter(Boolean);
  const lines = await verifiedLines(note, [...own, ...witnesses.flatMap(w => [w.key, w.companion]).filter(Boolean)]);
  need(lines.has(signer.key), 'the checkpoint is not signed by a journal key of the cards');
  need(!signer.companion || lines.has(signer.companion), 'the checkpoint lacks the signature of the post-quantum companion of ' + note.origin + ', which its card lists');
  return { keys, signer, lines };
}

// ---- proofs -----------------------------------------------------------------------------------------------------

function readProof(text) {
  const cut = text.indexOf('\n\n');
  need(cut > 0, 'a proof is cut short');
  const path = text.slice(0, cut).split('\n');
  need(path.shift() === 'c2sp.org/tlog-proof@v1', 'a proof does not begin as one');
  const salted = path[0]?.startsWith('extra ') ? fromBase64(path.shift().slice(6), 'the record of a proof') : null;
  const place = /^index (0|[1-9]\d{0,18})$/.exec(path.shift() ?? '');
  need(place, 'a proof does not name its index');
  return { salted, index: place[1], path, note: readNote(text.slice(cut + 2)) };
}
async function checkPath(proof, leaf) {
  let fn = BigInt(proof.index), sn = BigInt(proof.note.size) - 1n, hash = leaf;
  need(fn <= sn, 'the entry is outside of the checkpoint');
  for (const line of proof.path) {
    const p = fromBase64(line, 'a hash of the path');
    need(sn !== 0n && p.length === 32, 'the path is too long');
    if ((fn & 1n) === 1n || fn === sn) {
      hash = await sha256(concat([1], p, hash));
      while ((fn & 1n) === 0n && fn !== 0n) { fn >>= 1n; sn >>= 1n; }
    } else {
      hash = await sha256(concat([1], hash, p));
    }
    fn >>= 1n; sn >>= 1n;
  }
  need(sn === 0n && toBase64(hash) === proof.note.root, 'the path does not lead to the root of the checkpoint');
}
/*
 * That an entry is in a journal: the record that the proof carries, or, where it carries none, the one with this leaf. What was entered under a card
 * is proved by the journal key of that card or of a later one.
 */
async function checkProof(text, names, leaf, card) {
  const proof = readProof(text);
  if (!leaf) {
    need(proof.salted && proof.salted.length > 32, 'a proof carries no record');
    leaf = await sha256(concat([0], await sha256(proof.salted)));
  }
  const { keys, signer } = await openCheckpoint(proof.note, names, []);
  await checkPath(proof, leaf);
  const oldest = card ? keys.findIndex(k => k.vkey === card.journal.vkey) : -1;
  need(oldest < 0 || keys.indexOf(signer) <= oldest, 'the checkpoint is signed by a key from before the one that the card lists for that time');
  return {
    leaf, record: proof.salted?.slice(32),
    where: 'entry ' + proof.index + ' of ' + proof.note.origin + ', under the checkpoint of size ' + proof.note.size
      + (signer.companion ? ', signed with the post-quantum companion too' : ''),
  };
}
/* Any node whose card is in the file may be a witness of another's journal. Its cosignature counts only with that of its companion. */
async function checkWitnesses(entries, chains) {
  const listed = new Map([...chains.values()].flat().map(c => [c.journal.vkey, c.journal.witness]));
  const witnesses = [...listed.values()], words = [];
  for (const { entry, names } of entries) {
    if (!entry) continue;
    const { note } = readProof(entry.proof);
    const { lines } = await openCheckpoint(note, names, witnesses);
    for (const { key, companion } of witnesses) {
      if (!lines.has(key)) continue;
      need(!companion || lines.has(companion), 'the cosignature of ' + key.name + ' lacks that of the post-quantum companion which its card lists');
      words.push(key.name + ' cosigned ' + note.origin + ' at ' + note.size + ' entries, by its clock '
        + new Date(Number(seconds(lines.get(key))) * 1000).toISOString() + (companion ? ', with its post-quantum companion' : ''));
    }
  }
  return words.join('; ') || 'no witness in the file has cosigned a checkpoint';
}
