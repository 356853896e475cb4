// Responses as a short text to copy, for where no file can be saved: a first word that says what it
// is, then base32 of [quiz, paper, responses] and of a CRC-32 of that. Base32 survives mail, word
// processors and typing; what is lost or changed on the way does not fit the checksum.
function checksum(bytes) {
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit += 1) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
  }
  rest = ~rest;
  return [24, 16, 8, 0].map((shift) => (rest >>> shift) & 255);
}

function base32(bytes) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  let [text, held, bits] = ["", 0, 0];
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += letters[(held >>> (bits - 5)) & 31];
    held &= (1 << bits) - 1;
  }
  return bits ? text + letters[(held << (5 - bits)) & 31] : text;
}

function asCopiedText(quiz, paper, responses) {
  const content = [...new TextEncoder().encode(JSON.stringify([quiz, paper, responses]))];
  const groups = base32([...content, ...checksum(content)]).match(/.{1,5}/g);
  const lines = [];
  while (groups.length) lines.push(groups.splice(0, 10).join(" "));
  return ["LRQUIZ1", ...lines, ""].join("\n");
}
