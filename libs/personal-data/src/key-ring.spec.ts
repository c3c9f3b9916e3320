import {
  appendFileSync,
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { KeyRing, WrongKeyRing } from './key-ring.js';
import { KeyTree, type Branch } from './key-tree.js';

const NAMES = Array.from({ length: 40 }, (_, index) => `tenant account-${index}`);
const ROOT = { path: '', secret: Buffer.alloc(32, 7) };

describe('a key tree', () => {
  const whole = new KeyTree([ROOT]);

  it('has one secret for each name', () => {
    const secrets = NAMES.map((name) => whole.secretOf(name)!.toString('hex'));
    expect(new Set(secrets).size).toBe(NAMES.length);
    expect(NAMES.map((name) => new KeyTree([ROOT]).secretOf(name)!.toString('hex'))).toEqual(secrets);
    const other = new KeyTree([{ path: '', secret: Buffer.alloc(32, 8) }]);
    expect(other.secretOf(NAMES[0]!)).not.toEqual(whole.secretOf(NAMES[0]!));
  });

  it('forgets names one by one, and changes no other secret', () => {
    let branches: Branch[] = [ROOT];
    NAMES.slice(0, 20).forEach((name, index) => {
      const { falls, stay } = new KeyTree(branches).withoutName(name)!;
      branches = [...branches.filter(({ path }) => path !== falls.path), ...stay];
      const tree = new KeyTree(branches);
      for (const [other, known] of NAMES.entries())
        expect(tree.secretOf(known)).toEqual(other <= index ? undefined : whole.secretOf(known));
    });
    expect(new KeyTree(branches).withoutName(NAMES[0]!)).toBeUndefined();
  });

  it('keeps no secret from which a forgotten one follows', () => {
    const { falls, stay } = whole.withoutName(NAMES[0]!)!;
    expect(falls).toEqual(ROOT);
    expect(stay.map(({ path }) => path.length)).toEqual(
      Array.from({ length: 32 }, (_, level) => Array(3).fill(level + 1)).flat(),
    );
    const forgotten = whole.secretOf(NAMES[0]!)!;
    for (const { secret } of stay) expect(secret).not.toEqual(forgotten);
  });
});

describe('a key ring', () => {
  const folder = mkdtempSync(join(tmpdir(), 'recount-spec-ring-'));
  let path: string;
  let count = 0;

  beforeEach(() => {
    path = join(folder, String(count++), 'key-ring');
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  const secretsIn = (ring: KeyRing): (string | undefined)[] =>
    NAMES.map((name) => ring.secretOf(name)?.toString('hex'));

  it('is made once, and read by its owner alone', () => {
    const [first, second] = [KeyRing.open(path), KeyRing.open(path)];
    expect(second.id).toBe(first.id);
    expect(secretsIn(second)).toEqual(secretsIn(first));
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('is not taken for what it is not', () => {
    KeyRing.open(path);
    writeFileSync(path, 'something else');
    expect(() => KeyRing.open(path)).toThrow(WrongKeyRing);
  });

  it('forgets a name for whoever has it open and for whoever opens it, and nothing else', () => {
    const [here, there] = [KeyRing.open(path), KeyRing.open(path)];
    const before = secretsIn(there);
    const { version } = there;
    here.forget(NAMES[3]!);
    here.forget(NAMES[5]!);
    here.forget(NAMES[3]!);
    const after = before.map((secret, index) => (index === 3 || index === 5 ? undefined : secret));
    for (const ring of [here, there, KeyRing.open(path)]) expect(secretsIn(ring)).toEqual(after);
    expect(there.version).toBeGreaterThan(version);
  });

  it('holds no byte of what gave a forgotten secret', () => {
    const ring = KeyRing.open(path);
    const root = readFileSync(path).subarray(-39, -7);
    const secret = ring.secretOf(NAMES[0]!)!;
    expect(ring.secretOf(NAMES[0]!)).toEqual(new KeyTree([{ path: '', secret: root }]).secretOf(NAMES[0]!));
    ring.forget(NAMES[0]!);
    const bytes = readFileSync(path);
    for (let at = 0; at + 8 <= 32; at += 8) {
      expect(bytes.includes(root.subarray(at, at + 8))).toBe(false);
      expect(bytes.includes(secret.subarray(at, at + 8))).toBe(false);
    }
  });

  it.each([1, 40, 71, 73, 500])(
    'that was cut short %i bytes before the end of an erasure forgets on the next one',
    (missing) => {
      const ring = KeyRing.open(path);
      const copy = `${path}.copy`;
      copyFileSync(path, copy);
      const before = secretsIn(ring);
      const end = statSync(path).size;
      ring.forget(NAMES[0]!);
      // What a crash leaves that comes before anything is destroyed: the beginning of the file as it was, and some of what was added.
      appendFileSync(copy, readFileSync(path).subarray(end));
      truncateSync(copy, statSync(copy).size - missing);
      const crashed = KeyRing.open(copy);
      expect(secretsIn(crashed)).toEqual(before);
      crashed.forget(NAMES[1]!);
      expect(secretsIn(KeyRing.open(copy))).toEqual([before[0], undefined, ...before.slice(2)]);
      crashed.forget(NAMES[0]!);
      expect(secretsIn(KeyRing.open(copy))).toEqual([undefined, undefined, ...before.slice(2)]);
    },
  );
});
