// A real printing system (CUPS) of the test's own with one printer that keeps what it is given instead
// of putting it on paper. Nothing of the computer's own printing system is touched.

import { spawn, execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { until } from "./webdriver.mjs";

const run = promisify(execFile);
/** Where Debian and its relatives, Fedora and Arch keep the parts of CUPS. */
const parts = "/usr/lib/cups";
const driver = "/usr/share/ppd/cupsfilters/Generic-PDF_Printer-PDF.ppd";

/** The printer: CUPS hands it the pages and the words they came with. */
const backend = `#!/bin/sh
[ $# -eq 0 ] && { echo 'direct keep "Unknown" "keep"'; exit 0; }
out="\${DEVICE_URI#keep:}"
cat \${6:+"$6"} > "$out/$1.part"
printf '%s' "$5" > "$out/$1.options"
mv "$out/$1.part" "$out/$1.pdf"
`;

/** Starts the printing system; `env` leads programs to it. */
export async function openPrinter(name, title) {
  const folder = await mkdtemp(join(tmpdir(), "juwutai-cups-"));
  const out = join(folder, "out");
  for (const part of ["out", "spool", "cache", "run", "keys", "bin/backend"]) await mkdir(join(folder, part), { recursive: true });
  // The filters run as another user.
  for (const part of ["", "out", "spool", "cache", "run"]) await chmod(join(folder, part), 0o777);
  for (const part of await readdir(parts)) {
    if (part !== "backend") await symlink(join(parts, part), join(folder, "bin", part));
  }
  await writeFile(join(folder, "bin/backend/keep"), backend, { mode: 0o755 });
  const socket = join(folder, "run", "cups.sock");
  await writeFile(join(folder, "cupsd.conf"), configuration(socket));
  await writeFile(join(folder, "cups-files.conf"), files(folder));
  const daemon = spawn("/usr/sbin/cupsd", ["-f", "-c", join(folder, "cupsd.conf"), "-s", join(folder, "cups-files.conf")], { stdio: "ignore" });
  const env = { CUPS_SERVER: socket };
  const ask = (program, ...args) => run(program, args, { env: { ...process.env, ...env, LC_ALL: "C" } });
  await until("the printing system", 15_000, async () => (await ask("lpstat", "-r")).stdout.includes("is running"));
  await ask("lpadmin", "-p", name, "-E", "-v", `keep:${out}`, "-D", title, "-P", driver);
  await ask("lpadmin", "-d", name);
  return {
    env,
    /** The one job it was given: its file and the words it came with. */
    async job() {
      await until("a printed paper", 30_000, async () => (await readdir(out)).some((file) => file.endsWith(".pdf")));
      const [pdf] = (await readdir(out)).filter((file) => file.endsWith(".pdf"));
      return { pdf: join(out, pdf), options: await readFile(join(out, pdf.replace(".pdf", ".options")), "utf8") };
    },
    async close() {
      const ended = new Promise((done) => daemon.on("exit", done));
      daemon.kill();
      await ended;
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

const configuration = (socket) => `Listen ${socket}
LogLevel warn
WebInterface No
Browsing Off
DefaultAuthType None
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
    Allow all
  </Limit>
</Policy>
`;

const files = (folder) => `ServerRoot ${folder}
ServerBin ${join(folder, "bin")}
RequestRoot ${join(folder, "spool")}
TempDir ${join(folder, "spool")}
CacheDir ${join(folder, "cache")}
StateDir ${join(folder, "run")}
ServerKeychain ${join(folder, "keys")}
ErrorLog ${join(folder, "error_log")}
AccessLog ${join(folder, "access_log")}
PageLog ${join(folder, "page_log")}
`;
