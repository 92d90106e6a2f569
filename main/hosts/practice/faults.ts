import type { Lie } from './answer.ts';
import type { Fault, FaultRule } from './types.ts';

export interface FaultQueue {
  readonly add: (rule: FaultRule) => void;
  readonly clear: () => void;
  /** The fault for this request, which uses it up once; null where none is due. */
  take(method: string): Fault | null;
}

export function createFaultQueue(): FaultQueue {
  let rules: FaultRule[] = [];
  return {
    add: (rule) => void rules.push(rule),
    clear: () => {
      rules = [];
    },
    take(method) {
      const rule = rules.find(
        (candidate) =>
          (candidate.method === undefined || candidate.method === method) && (candidate.times ?? 1) > 0,
      );
      if (rule === undefined) return null;
      const { times } = rule;
      if (times !== undefined) {
        rules = rules.flatMap((other) =>
          other !== rule ? [other] : times > 1 ? [{ ...rule, times: times - 1 }] : [],
        );
      }
      return rule.fault;
    },
  };
}

/** True where the request never reaches the business logic: nothing applied or counted. */
export function staysOutside(fault: Fault | null): boolean {
  if (fault === null || fault.kind === 'delay') return false;
  // The portal's router answers in KYBIO's place.
  if (fault.kind === 'portal') return true;
  return 'when' in fault && fault.when === 'before';
}

export function lieOf(fault: Fault | null): Lie {
  switch (fault?.kind) {
    case 'other-member':
    case 'other-sums':
      return fault.kind;
    case 'log-late':
    case 'log-cut':
    case 'log-first-page':
    case 'log-loop':
    case 'log-hours':
    case 'log-short-times':
    case 'log-decimals':
    case 'log-merged':
      return fault;
    default:
      return null;
  }
}
