// Certificates, those first that expire first.

import { byId } from "../elements.js";
import { Table } from "../table.js";
import { duration } from "../words.js";

const SOON_SECONDS = 30 * 86_400;

export function certificatesView(gateway) {
  const left = certificate => (Date.parse(certificate.not_after) - gateway.now()) / 1000;
  const table = new Table({
    caption: "Certificates",
    key: certificate => certificate.id,
    empty: "There is none.",
    columns: [
      { title: "Subject", long: true, text: certificate => certificate.subject },
      { title: "Names", long: true, text: certificate => certificate.dns_names.join(", ") },
      { title: "Expires", text: certificate => `${certificate.not_after.slice(0, 10)} (${words(left(certificate))})`,
        tone: certificate => left(certificate) < 0 ? "bad" : left(certificate) < SOON_SECONDS ? "warn" : "" },
      { title: "Issuer", long: true, text: certificate => certificate.issuer },
      { title: "Key", text: certificate => certificate.has_private ? "yes" : "no" },
      { title: "Used by", long: true, text: certificate => certificate.used_by.join(", ") },
      { title: "Id", long: true, text: certificate => certificate.id },
    ],
  });
  byId("certificates").append(...table.elements);

  return ({ certificates }) => table.show([...certificates].sort((one, other) => left(one) - left(other)));
}

function words(seconds) {
  return seconds < 0 ? `${duration(-seconds)} ago` : `in ${duration(seconds)}`;
}
