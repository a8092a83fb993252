/*
 * Verification of ML-DSA-44 and ML-DSA-65 signatures (FIPS 204), since no browser can be counted on to have it. Nothing here is secret, so nothing
 * is done in constant time. Numbers of algorithms and tables are those of FIPS 204; SHAKE is that of FIPS 202.
 */
const mlDsaVerifies = (() => {
  const Q = 8380417, N = 256;
  // FIPS 204 table 1; z and w1 are the bits of a coefficient in its encoding.
  const SETS = {
    'ML-DSA-44': { k: 4, l: 4, tau: 39, challenge: 32, gamma1: 2 ** 17, gamma2: (Q - 1) / 88, beta: 78, omega: 80, z: 18, w1: 6 },
    'ML-DSA-65': { k: 6, l: 5, tau: 49, challenge: 48, gamma1: 2 ** 19, gamma2: (Q - 1) / 32, beta: 196, omega: 55, z: 20, w1: 4 },
  };
  const T1_BITS = 10, D = 13;
  const bytesOf = bits => N * bits / 8;
  const range = n => [...Array(n).keys()];

  // ---- SHAKE: a sponge over Keccak-f[1600], whose lane x, y stands at x + 5y -------------------------------------------

  /* FIPS 202 algorithm 5: the bits of each round's constant come out of a shift register. */
  const ROUND_CONSTANTS = (() => {
    let register = 1;
    return range(24).map(() => {
      let constant = 0n;
      for (let j = 0; j < 7; j++) {
        if (register & 1) constant |= 1n << BigInt(2 ** j - 1);
        register = (register << 1) ^ (register >> 7) * 0x171;
      }
      return constant;
    });
  })();
  const rotate = (lane, n) => BigInt.asUintN(64, lane << n) | lane >> (64n - n);
  /* Steps rho and pi: where each lane goes, and by how much it is turned on the way. */
  const MOVES = (() => {
    const moves = [];
    for (let t = 0, x = 1, y = 0; t < 24; t++) {
      const from = x + 5 * y;
      [x, y] = [y, (2 * x + 3 * y) % 5];
      moves.push([from, x + 5 * y, BigInt((t + 1) * (t + 2) / 2 % 64)]);
    }
    return moves;
  })();
  function permute(a) {
    for (const constant of ROUND_CONSTANTS) {
      const parity = range(5).map(x => a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20]);
      const theta = range(5).map(x => parity[(x + 4) % 5] ^ rotate(parity[(x + 1) % 5], 1n));
      for (let i = 0; i < 25; i++) a[i] ^= theta[i % 5];
      const b = a.slice();
      for (const [from, to, by] of MOVES) b[to] = rotate(a[from], by);
      for (let i = 0; i < 25; i++) {
        const row = i - i % 5;
        a[i] = b[i] ^ (~b[row + (i + 1) % 5] & b[row + (i + 2) % 5]);
      }
      a[0] ^= constant;
    }
  }
  /* The output, without an end: the caller takes what it needs. The rate is 168 bytes for SHAKE128 and 136 for SHAKE256. */
  function* shake(rate, ...parts) {
    const input = concat(...parts);
    const padded = new Uint8Array((Math.floor(input.length / rate) + 1) * rate);
    padded.set(input);
    padded[input.length] = 0x1f;
    padded[padded.length - 1] |= 0x80;
    const lanes = new BigUint64Array(25), view = new DataView(lanes.buffer.slice(0, rate)), block = new DataView(padded.buffer);
    for (let at = 0; at < padded.length; at += rate) {
      for (let i = 0; i < rate; i += 8) lanes[i / 8] ^= block.getBigUint64(at + i, true);
      permute(lanes);
    }
    for (;;) {
      for (let i = 0; i < rate; i += 8) view.setBigUint64(i, lanes[i / 8], true);
      yield* new Uint8Array(view.buffer);
      permute(lanes);
    }
  }
  const take = (output, n) => Uint8Array.from({ length: n }, () => output.next().value);
  const hash = (n, ...parts) => take(shake(136, ...parts), n);

  // ---- polynomials of 256 coefficients modulo q; products of two coefficients stay below 2^53 --------------------------

  const mod = (x, m) => ((x % m) + m) % m;
  const add = (a, b) => a.map((x, i) => (x + b[i]) % Q);
  const subtract = (a, b) => a.map((x, i) => mod(x - b[i], Q));
  const multiply = (a, b) => a.map((x, i) => x * b[i] % Q); // in the domain of the transform (algorithm 45)
  /* Appendix B: powers of the root 1753, in the order of reversed bits. */
  const ZETAS = (() => {
    const powers = [1];
    while (powers.length < N) powers.push(powers.at(-1) * 1753 % Q);
    return range(N).map(i => powers[parseInt(i.toString(2).padStart(8, '0').split('').reverse().join(''), 2)]);
  })();
  function transform(polynomial) { // algorithm 41
    const w = polynomial.slice();
    for (let length = 128, m = 0; length >= 1; length /= 2) {
      for (let start = 0; start < N; start += 2 * length) {
        const zeta = ZETAS[++m];
        for (let j = start; j < start + length; j++) {
          const t = zeta * w[j + length] % Q;
          w[j + length] = mod(w[j] - t, Q);
          w[j] = (w[j] + t) % Q;
        }
      }
    }
    return w;
  }
  function back(transformed) { // algorithm 42
    const w = transformed.slice();
    for (let length = 1, m = N; length < N; length *= 2) {
      for (let start = 0; start < N; start += 2 * length) {
        const zeta = Q - ZETAS[--m];
        for (let j = start; j < start + length; j++) {
          const t = w[j];
          w[j] = (t + w[j + length]) % Q;
          w[j + length] = zeta * mod(t - w[j + length], Q) % Q;
        }
      }
    }
    return w.map(x => x * 8347681 % Q); // the inverse of 256
  }

  // ---- encodings ---------------------------------------------------------------------------------------------------

  /* Algorithm 18: numbers of so many bits, the lowest bit first. */
  function unpack(bytes, bits) {
    const numbers = [];
    let held = 0, count = 0;
    for (const byte of bytes) {
      held |= byte << count;
      for (count += 8; count >= bits; count -= bits, held >>>= bits) numbers.push(held & (1 << bits) - 1);
    }
    return numbers;
  }
  function pack(numbers, bits) { // algorithm 16
    const bytes = [];
    let held = 0, count = 0;
    for (const number of numbers) {
      held |= number << count;
      for (count += bits; count >= 8; count -= 8, held >>>= 8) bytes.push(held & 0xff);
    }
    return Uint8Array.from(bytes);
  }
  /* Algorithm 21: which coefficients have a hint; null unless it is the one encoding: counts that grow to omega at most, places that
     grow within a polynomial, zeros after the last. */
  function unpackHints(bytes, { k, omega }) {
    const hints = [];
    let at = 0;
    for (const end of bytes.slice(omega)) {
      if (end < at || end > omega) return null;
      const places = bytes.slice(at, end);
      if (places.some((place, i) => i > 0 && places[i - 1] >= place)) return null;
      hints.push(new Set(places));
      at = end;
    }
    return bytes.slice(at, omega).every(byte => byte === 0) ? hints : null;
  }

  // ---- sampling ----------------------------------------------------------------------------------------------------

  function sampleUniform(rho, s, r) { // algorithm 30: an entry of the matrix A, in the domain of the transform
    const output = shake(168, rho, [s, r]);
    const polynomial = [];
    while (polynomial.length < N) {
      const [low, middle, high] = take(output, 3);
      const x = (high & 0x7f) << 16 | middle << 8 | low;
      if (x < Q) polynomial.push(x);
    }
    return polynomial;
  }
  function sampleInBall(seed, tau) { // algorithm 29: tau coefficients of 1 or -1, the others 0
    const output = shake(136, seed);
    const signs = unpack(take(output, 8), 1);
    const c = Array(N).fill(0);
    for (let i = N - tau; i < N; i++) {
      let j;
      do { j = output.next().value; } while (j > i);
      c[i] = c[j];
      c[j] = signs[i + tau - N] ? Q - 1 : 1;
    }
    return c;
  }
  function useHint(hinted, r, gamma2) { // algorithms 36 and 40
    const step = 2 * gamma2, m = (Q - 1) / step;
    let low = r % step;
    if (low > gamma2) low -= step;
    if (r - low === Q - 1) return hinted ? m - 1 : 0; // the highest part counts as 0, with a low part below 0
    const high = (r - low) / step;
    return hinted ? mod(low > 0 ? high + 1 : high - 1, m) : high;
  }

  /* Algorithm 8. */
  function verifies(set, key, message, signature) {
    const { k, l, tau, challenge, gamma1, gamma2, beta, omega } = set;
    const vector = (bytes, n, bits) => range(n).map(i => unpack(bytes.subarray(i * bytesOf(bits), (i + 1) * bytesOf(bits)), bits));
    const rho = key.subarray(0, 32);
    const t1 = vector(key.subarray(32), k, T1_BITS);
    const c = signature.subarray(0, challenge);
    const z = vector(signature.subarray(challenge), l, set.z).map(p => p.map(x => gamma1 - x));
    const hints = unpackHints([...signature.subarray(-omega - k)], set);
    if (hints === null || z.some(p => p.some(x => Math.abs(x) >= gamma1 - beta))) return false;
    const mu = hash(64, hash(64, key), message);
    const ball = transform(sampleInBall(c, tau));
    const zs = z.map(p => transform(p.map(x => mod(x, Q))));
    const w1 = range(k).map(r => {
      const az = zs.map((p, s) => multiply(sampleUniform(rho, s, r), p)).reduce(add);
      const ct = multiply(ball, transform(t1[r].map(x => x * 2 ** D % Q)));
      return back(subtract(az, ct)).map((x, i) => useHint(hints[r].has(i), x, gamma2));
    });
    return same(c, hash(challenge, mu, ...w1.map(p => pack(p, set.w1))));
  }

  /*
   * Whether a signature of pure ML-DSA over a message verifies (algorithm 3). False, never an exception, for a key or signature of another length
   * or in another encoding, and for a context of more than 255 bytes.
   */
  return (name, key, message, signature, context = new Uint8Array(0)) => {
    const set = SETS[name];
    const keyLength = 32 + set.k * bytesOf(T1_BITS);
    const signatureLength = set.challenge + set.l * bytesOf(set.z) + set.omega + set.k;
    return key.length === keyLength && signature.length === signatureLength && context.length <= 255
      && verifies(set, key, concat([0, context.length], context, message), signature);
  };
})();
