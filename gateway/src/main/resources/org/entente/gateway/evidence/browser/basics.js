/* Bytes, canonical JSON and certificates: what everything below reads. A step that finds something wrong throws Refused with the reason. */

const utf8 = new TextEncoder();
const DAY = 86400000;

class Refused extends Error {}
const need = (holds, otherwise) => { if (!holds) throw new Refused(otherwise); };

// ---- bytes ----------------------------------------------------------------------------------------------------

function fromBase64(text, what) {
  let raw;
  try { raw = atob(text); } catch (e) { throw new Refused(what + ' is not base64'); }
  need(btoa(raw) === text, what + ' is not the one base64 form of its bytes');
  return Uint8Array.from(raw, c => c.charCodeAt(0));
}
function fromBase64Url(text, what) {
  need(typeof text === 'string' && /^[A-Za-z0-9_-]*$/.test(text), what + ' is not base64url');
  return fromBase64(text.replace(/-/g, '+').replace(/_/g, '/') + '='.repeat((4 - text.length % 4) % 4), what);
}
const toBase64 = bytes => { let s = ''; for (const b of bytes) s += String.fromCharCode(b); return btoa(s); };
const toBase64Url = bytes => toBase64(bytes).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
const same = (a, b) => a.length === b.length && a.every((x, i) => x === b[i]);
function concat(...parts) {
  const all = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const part of parts) { all.set(part, at); at += part.length; }
  return all;
}
const sha256 = async bytes => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
/* First 160 bits in base32, in eight groups of four. */
function fingerprint(digest) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let bits = '', text = '';
  for (const b of digest.slice(0, 20)) bits += b.toString(2).padStart(8, '0');
  for (let i = 0; i < 160; i += 5) text += (i && i % 20 === 0 ? '-' : '') + alphabet[parseInt(bits.substr(i, 5), 2)];
  return text;
}
const typedFingerprint = text => text.replace(/[\s-]/g, '').toUpperCase().replace(/(.{4})(?=.)/g, '$1-');

// ---- RFC 8785 -------------------------------------------------------------------------------------------------

const isObject = value => value !== null && typeof value === 'object' && !Array.isArray(value);
function canonical(value) {
  if (Array.isArray(value)) return '[' + value.map(canonical).join(',') + ']';
  if (isObject(value)) {
    return '{' + Object.keys(value).sort().map(k => JSON.stringify(k) + ':' + canonical(value[k])).join(',') + '}';
  }
  return JSON.stringify(value);
}
function parseCanonical(bytes, what) {
  let text, value;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch (e) { throw new Refused(what + ' is not JSON in UTF-8'); }
  need(canonical(value) === text, what + ' is not byte for byte its own canonical form (RFC 8785)');
  return value;
}
/* Refuses everything but an object with exactly these members. */
function exactly(value, names, what) {
  need(isObject(value), what + ' is no JSON object');
  need(canonical(Object.keys(value).sort()) === canonical([...names].sort()), what + ' has not exactly the members ' + names.join(', '));
}

// ---- X.509, as far as needed: public key and validity ------------------------------------------------------------

function der(bytes, at) {
  let length = bytes[at + 1], head = 2;
  if (length & 0x80) {
    const n = length & 0x7f;
    need(n >= 1 && n <= 4, 'a certificate cannot be read');
    length = 0;
    for (let i = 0; i < n; i++) length = length * 256 + bytes[at + 2 + i];
    head += n;
  }
  need(at + head + length <= bytes.length, 'a certificate is cut short');
  return { tag: bytes[at], start: at, content: at + head, end: at + head + length };
}
function children(bytes, node) {
  const found = [];
  for (let at = node.content; at < node.end;) { const child = der(bytes, at); found.push(child); at = child.end; }
  return found;
}
function time(bytes, node) {
  const t = String.fromCharCode(...bytes.slice(node.content, node.end));
  const full = node.tag === 0x17 ? (Number(t.slice(0, 2)) < 50 ? '20' : '19') + t : t;
  return Date.UTC(full.slice(0, 4), full.slice(4, 6) - 1, full.slice(6, 8), full.slice(8, 10), full.slice(10, 12), full.slice(12, 14));
}
function certificate(bytes) {
  const whole = der(bytes, 0);
  need(whole.end === bytes.length, 'bytes follow a certificate');
  let parts = children(bytes, children(bytes, whole)[0]);
  if (parts[0].tag === 0xa0) parts = parts.slice(1);
  const [from, until] = children(bytes, parts[3]);
  return { der: bytes, from: time(bytes, from), until: time(bytes, until), spki: bytes.slice(parts[5].start, parts[5].end) };
}
async function p256Verifies(spki, data, signature) {
  const key = await crypto.subtle.importKey('spki', spki, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
  return signature.length === 64 && crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, signature, data);
}
/* The bare ML-DSA-65 key behind the one head that its SubjectPublicKeyInfo can have (RFC 9881 section 4). */
function mlDsa65Key(spki) {
  const head = [0x30, 0x82, 0x07, 0xb2, 0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03, 0x12, 0x03, 0x82, 0x07, 0xa1, 0x00];
  need(spki.length === head.length + 1952 && same(spki.slice(0, head.length), head), 'the key of a certificate is none for ML-DSA-65');
  return spki.slice(head.length);
}
