// Reads a FHIR R4 Bundle from standard input with the fhir package, and prints what is wrong with it, a line each.
//
// Exit status 77: the package is not installed.
let Fhir;
try {
  ({ Fhir } = require("fhir"));
} catch {
  process.exit(77);
}
const fhir = new Fhir();
const bundle = JSON.parse(require("fs").readFileSync(0, "utf8"));
const found = fhir.validate(bundle, { errorOnUnexpected: true });
// Codes of lists that may be extended are only warned of.
const wrong = found.messages.filter((message) => !["info", "warning"].includes(message.severity));
for (const { location, resourceId, message } of wrong) console.log(resourceId ?? "", location ?? "", message);
