// Reads and carries over what a camera wrote beside the pixels of a JPEG.
const EXIF = [0x45, 0x78, 0x69, 0x66, 0, 0];
const ORIENTATION = 0x0112;
const [APP1, SCAN] = [0xe1, 0xda];
const FRAMES = new Set([0xc0, 0xc1, 0xc2]);

function* segments(view) {
  let at = 2;
  while (at + 4 <= view.byteLength && view.getUint8(at) === 0xff && view.getUint8(at + 1) !== SCAN) {
    const length = view.getUint16(at + 2) + 2;
    yield { marker: view.getUint8(at + 1), at, length };
    at += length;
  }
}

const isExif = (view, { marker, at, length }) => marker === APP1 && length > 18 && EXIF.every((byte, n) => view.getUint8(at + 4 + n) === byte);

// Where the orientation stands in that segment, and in which order its bytes are.
function orientationPlace(view, { at, length }) {
  const tiff = at + 10;
  const little = view.getUint16(tiff) === 0x4949;
  const directory = tiff + view.getUint32(tiff + 4, little);
  if (directory + 2 > at + length) return null;
  for (let n = 0; n < view.getUint16(directory, little); n++) {
    const entry = directory + 2 + 12 * n;
    if (entry + 12 > at + length) return null;
    if (view.getUint16(entry, little) === ORIENTATION) return { place: entry + 8, little };
  }
  return null;
}

// What a JPEG says of itself: its size as stored, how it is held, and the segment the camera wrote.
export function written(buffer) {
  const view = new DataView(buffer);
  const found = { width: 0, height: 0, orientation: 1, segment: null };
  for (const segment of segments(view)) {
    if (FRAMES.has(segment.marker)) [found.height, found.width] = [view.getUint16(segment.at + 5), view.getUint16(segment.at + 7)];
    if (found.segment || !isExif(view, segment)) continue;
    const held = orientationPlace(view, segment);
    if (held) found.orientation = view.getUint16(held.place, held.little);
    found.segment = upright(buffer.slice(segment.at, segment.at + segment.length));
  }
  return found;
}

// The same segment for pixels that already stand upright.
function upright(segment) {
  const view = new DataView(segment);
  const held = orientationPlace(view, { at: 0, length: segment.byteLength });
  if (held) view.setUint16(held.place, 1, held.little);
  return segment;
}

// `jpeg` with that segment right behind its beginning.
export const withExif = (jpeg, segment) => new Blob(segment ? [jpeg.slice(0, 2), segment, jpeg.slice(2)] : [jpeg], { type: "image/jpeg" });
