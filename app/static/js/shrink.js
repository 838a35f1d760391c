// Makes a photo small enough for a weak network, where the browser can; what the camera wrote goes along.
import { withExif, written } from "./exif.js";

const QUALITY = 0.85;

// The smaller JPEG, or null when the file is better sent as it is: HEIC, PNG, papers, small or giant ones.
export async function shrunk(file, longest) {
  if (!longest || file.type !== "image/jpeg") return null;
  try {
    const said = written(await file.arrayBuffer());
    if (Math.max(said.width, said.height) <= longest) return null;
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const small = stands(picture, said) ? await drawn(picture, longest) : null;
    picture.close();
    const whole = small && withExif(small, said.segment);
    return whole && whole.size < file.size ? whole : null;
  } catch {
    return null; // a browser that cannot: the original is better than nothing
  }
}

// Whether the browser turned it as it was held; an old one does not, and where it cannot be told we do not try.
function stands(picture, { width, height, orientation }) {
  if (orientation < 2) return true;
  return orientation > 4 && picture.width === height && picture.height === width;
}

async function drawn(picture, longest) {
  const share = longest / Math.max(picture.width, picture.height);
  const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(picture.width * share), height: Math.round(picture.height * share) });
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
}
