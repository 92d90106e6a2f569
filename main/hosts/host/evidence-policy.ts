import { z } from 'zod';
import { policySchema } from '../../../preload/contract/index.ts';
import { parsedOnce, readJson } from '../../kernel/database/read-json.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import { type HostProfile, hostProfileSchema, unknownHost } from './host-profile.ts';
import { mayNumbersBeOwn } from './till-numbers.ts';

/** 150 s were chosen against 45 s measured; 40 s doubled thousands of credits in simulation. */
export const SHORTEST_QUIESCENCE_MS = 150_000;

const { tillNumbersDeclared, quiescenceMs, secondReadingMs, lookAfterMs } = policySchema.shape;

/**
 * A manager's declarations about the account, and the till's waiting times: these fields of the stored policy, with
 * bounds that are never below what is safe.
 */
export const evidencePolicySchema = z.object({
  tillNumbersDeclared,
  quiescenceMs,
  secondReadingMs,
  lookAfterMs,
});
export type EvidencePolicy = z.infer<typeof evidencePolicySchema>;

export const cautiousPolicy: EvidencePolicy = {
  tillNumbersDeclared: false,
  quiescenceMs: SHORTEST_QUIESCENCE_MS,
  secondReadingMs: 60_000,
  lookAfterMs: 3_600_000,
};

/** The setting with the manager's settings, as JSON of `policySchema`. */
export const POLICY_KEY = 'policy';
export const HOST_PROFILE_KEY = 'host.profile';

/** The raw stored policy. */
export const storedPolicy = (text: string | null): Readonly<Record<string, unknown>> => {
  const stored = z.record(z.string(), z.unknown()).safeParse(readJson(text));
  return stored.success ? stored.data : {};
};

/** The stored policy without the manager's declarations about the account. */
export const withoutDeclarations = (text: string): string =>
  JSON.stringify({
    ...storedPolicy(text),
    tillNumbersDeclared: cautiousPolicy.tillNumbersDeclared,
  });

/**
 * Reads a stored object field by field: missing or out-of-bounds fields get their default, so that damage never
 * makes a till less careful.
 */
export function readByField<S extends z.ZodObject>(
  schema: S,
  stored: Readonly<Record<string, unknown>>,
  defaults: z.output<S>,
): z.output<S> {
  const fields = Object.entries(schema.shape as Readonly<Record<string, z.ZodType>>).map(([name, field]) => {
    const parsed = field.safeParse(stored[name]);
    return [name, parsed.success ? parsed.data : (defaults as Readonly<Record<string, unknown>>)[name]];
  });
  return schema.parse(Object.fromEntries(fields));
}

const policyIn = parsedOnce((text) => readByField(evidencePolicySchema, storedPolicy(text), cautiousPolicy));
const profileIn = parsedOnce((text) => {
  const parsed = hostProfileSchema.safeParse(readJson(text));
  return parsed.success ? parsed.data : unknownHost;
});

/** The policy now: no declaration holds while another till was seen to use this till's seconds. */
export function loadEvidencePolicy(settings: Pick<Settings, 'get'>): EvidencePolicy {
  const policy = policyIn(settings.get(POLICY_KEY));
  const tillNumbersDeclared = policy.tillNumbersDeclared && mayNumbersBeOwn(settings);
  return { ...policy, tillNumbersDeclared };
}

/** The stored host profile; unreadable counts as none, and the worst is assumed. */
export const loadHostProfile = (settings: Settings): HostProfile => profileIn(settings.get(HOST_PROFILE_KEY));

export interface DecidePolicy {
  /** A manager declared that every till of the account has its own number. */
  readonly tillNumbersDeclared: boolean;
  /** The time between the two equal readings that suggest *not applied*; never below `unchangedForMs`. */
  readonly secondReadingMs: number;
}

/**
 * Longer than any cache between till and host keeps an answer. Two readings from a cache are equal whatever was
 * credited, and nothing in a member's record reveals a copy: a caching gateway rewrites the `Date`.
 */
export const CACHES_LIVE_MS = 600_000;
