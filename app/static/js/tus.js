// Speaks with the server about one file, by the rules of tus 1.0: what the server says it has is the truth.
import { token, renewed } from "./csrf.js";

const CHUNK = "application/offset+octet-stream";
const SILENCE = 45_000; // no byte moved for so long: the connection is dead, whatever the phone believes

export class Lost extends Error {} // no network, no server, no room: worth another try later
export class SignedOut extends Error {}
export class Gone extends Error {} // nobody there knows this upload any more
export class Refused extends Error {} // will not be taken; the message says why

const inBase64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
const metadata = (said) => Object.entries(said).filter(([, value]) => value).map(([name, value]) => `${name} ${inBase64(value)}`).join(",");

function request(method, url, headers, body, moved) {
  return new Promise((resolve, reject) => {
    const asked = new XMLHttpRequest();
    let silence = 0;
    const listen = () => {
      clearTimeout(silence);
      silence = setTimeout(() => asked.abort(), SILENCE);
    };
    asked.upload.addEventListener("progress", () => { listen(); moved?.(); });
    asked.addEventListener("loadend", () => {
      clearTimeout(silence);
      asked.status ? resolve(asked) : reject(new Lost());
    });
    asked.open(method, url);
    for (const [name, value] of Object.entries({ "Tus-Resumable": "1.0.0", Accept: "application/json", "X-CSRFToken": token(), ...headers })) asked.setRequestHeader(name, value);
    asked.send(body);
    listen();
  });
}

const offsetOf = (answer) => Number(answer.getResponseHeader("Upload-Offset"));

function sentence(answer) {
  try {
    return JSON.parse(answer.responseText).sentences.join(" ");
  } catch {
    return ""; // a proxy's own page
  }
}

async function judged(answer) {
  const { status } = answer;
  if (status < 300) return answer;
  if (status === 401 || (status === 400 && !(await renewed()))) throw new SignedOut();
  if (status === 404) throw new Gone();
  if (status === 460) throw new Gone("bent");
  if (status >= 500 || [400, 408, 423, 425, 429].includes(status)) throw new Lost(sentence(answer));
  throw new Refused(sentence(answer));
}

// Which evidence it became, and what there is to remark: that it stood there already.
const became = (answer) => ({ evidence: answer.getResponseHeader("Upload-Evidence"), remark: decodeURIComponent(answer.getResponseHeader("Upload-Remark") ?? "") });

// Tells the server what is coming, and brings the beginning along; says where it goes and how much of it is there.
export async function announce({ announceAt, size, said }, beginning, moved) {
  const headers = { "Upload-Length": String(size), "Upload-Metadata": metadata(said), ...(beginning && { "Content-Type": CHUNK }) };
  const answer = await judged(await request("POST", announceAt, headers, beginning, moved));
  return { where: answer.getResponseHeader("Location"), offset: offsetOf(answer), ...became(answer) };
}

export async function stands(where) {
  return { offset: offsetOf(await judged(await request("HEAD", where, {}))) };
}

// Sends from `start`; says how much is there now and, when that was all, which evidence it became.
export async function send(where, start, piece, moved) {
  const answer = await request("PATCH", where, { "Content-Type": CHUNK, "Upload-Offset": String(start) }, piece, moved);
  if (answer.status === 409 && answer.getResponseHeader("Upload-Offset") !== null) return { offset: offsetOf(answer) };
  const taken = await judged(answer);
  return { offset: offsetOf(taken), ...became(taken) };
}

export async function giveUp(where) {
  await request("DELETE", where, {}).catch(() => null);
}
