import { readFileSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const PACKAGE = new URL("../../", import.meta.url);
const FOLDER = new URL("build/examples/", PACKAGE);
const ADDRESS = "127.0.0.1:7070";
const EXAMPLE =
  /<!-- example: ([a-z-]+) -->\n+```ts\n(.*?)```\n(?:\n+<!-- output -->\n+```text\n(.*?)```\n)?/gs;

/** A program in the README. */
export interface Example {
  readonly name: string;
  readonly text: string;
  /** What it prints; undefined: the README does not say. */
  readonly output: string | undefined;
}

/** The programs in the README, in its order. */
export function examples(): Example[] {
  const readme = readFileSync(new URL("README.md", PACKAGE), "utf8");
  const found = Array.from(readme.matchAll(EXAMPLE), ([, name = "", text = "", output]) => ({
    name,
    text,
    output,
  }));
  const marks = readme.match(/^```ts$/gm)?.length ?? 0;
  if (found.length !== marks) {
    throw new Error(
      `README.md: ${found.length} examples of ${marks} blocks of TypeScript (expected: all are named)`,
    );
  }
  return found;
}

/** Writes the programs where the compiler then checks and compiles them. */
export async function writeExamples(): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  for (const { name, text } of examples()) {
    await writeFile(new URL(`${name}.ts`, FOLDER), text);
  }
  const tsconfig = {
    extends: "../../tsconfig.json",
    compilerOptions: { rootDir: ".", outDir: "." },
    include: ["*.ts"],
    exclude: [],
  };
  await writeFile(new URL("tsconfig.json", FOLDER), JSON.stringify(tsconfig));
}

/** The path of a compiled program, with the address of this server for the one in the README. */
export async function example(name: string, address: string): Promise<string> {
  const text = await readFile(new URL(`${name}.js`, FOLDER), "utf8");
  if (!text.includes(ADDRESS)) {
    throw new Error(`example ${name}: has no ${ADDRESS} (expected: connects there)`);
  }
  const program = new URL(`${name}-${process.pid}.js`, FOLDER);
  await writeFile(program, text.replaceAll(ADDRESS, address));
  return fileURLToPath(program);
}
