import { writeExamples } from "./examples.js";

await writeExamples();
