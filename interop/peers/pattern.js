// Bytes that both ends know: those of xorshift32 from a seed, words in little-endian order. Pattern.java makes the same ones.

export function fill(seed, size) {
  const words = new Int32Array((size + 3) >> 2);
  let x = (Math.imul(seed + 1, 0x9e3779b1) | 0) || 1;
  for (let i = 0; i < words.length; i++) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    words[i] = x;
  }
  return new Uint8Array(words.buffer, 0, size);
}

/** Letters in the place of bytes. */
export function fillText(seed, size) {
  const bytes = fill(seed, size);
  for (let i = 0; i < size; i++) {
    bytes[i] = 97 + (bytes[i] & 15);
  }
  return new TextDecoder().decode(bytes);
}

export function isFill(seed, bytes) {
  const expected = fill(seed, bytes.length);
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] !== expected[i]) {
      return false;
    }
  }
  return true;
}
