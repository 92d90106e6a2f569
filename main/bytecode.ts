import { existsSync, readFileSync } from 'node:fs';
import Module from 'node:module';
import { dirname } from 'node:path';
import { Script } from 'node:vm';

type Part = (...given: readonly unknown[]) => void;

/**
 * Runs a part of main. A package has beside each part what V8 made of it there, and a start need not compile it (ADR 80). V8
 * itself goes by the source where that is of another V8, is cut off or is not there.
 */
function runPart(module: NodeJS.Module, path: string): void {
  const bytecode = `${path}.bytecode`;
  const cachedData = existsSync(bytecode) ? readFileSync(bytecode) : undefined;
  const script = new Script(Module.wrap(readFileSync(path, 'utf8')), { filename: path, cachedData });
  const part = script.runInThisContext() as Part;
  part.call(module.exports, module.exports, Module.createRequire(path), module, path, dirname(path));
}

// Before any other part is asked for: so this is imported first of all, and is a part of its own.
Module.createRequire(import.meta.url).extensions['.cjs'] = runPart;
