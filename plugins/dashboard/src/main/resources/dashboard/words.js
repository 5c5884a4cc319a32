// Numbers and times in words.

const UNITS = [["d", 86_400], ["h", 3600], ["min", 60], ["s", 1]];

/** A number of seconds, by its two largest units. */
export function duration(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [];
  let rest = whole;
  for (const [unit, size] of UNITS) {
    if (rest >= size) {
      parts.push(`${Math.floor(rest / size)} ${unit}`);
      rest %= size;
    }
  }
  return parts.slice(0, 2).join(" ") || "0 s";
}

/** How long ago a moment was. */
export function ago(time, now) {
  return `${duration((now - Date.parse(time)) / 1000)} ago`;
}

/** A number of bytes. */
export function bytes(number) {
  const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
  let value = number;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

/** A number of things: "1 target", "2 targets". */
export function count(number, thing) {
  return `${number.toLocaleString("en")} ${thing}${number === 1 ? "" : "s"}`;
}

/** A time of day; with its date if it is another day's. */
export function clock(time) {
  const date = new Date(time);
  const two = number => String(number).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const hours = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return date.toDateString() === new Date().toDateString() ? hours : `${day} ${hours}`;
}

/** Where a problem is: file:line:column, as far as it is known. */
export function place(problem) {
  return [problem.file, problem.line, problem.file && problem.line ? problem.column : null]
    .filter(part => part !== null && part !== undefined).join(":");
}
