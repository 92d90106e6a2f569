import { type About, appError, err, ok } from '../../../preload/contract/index.ts';
import type { Clock, FileSaver, Logger, Random } from '../../kernel/ports.ts';
import type { Room } from '../../kernel/room.ts';

export interface SupportRoomParts {
  readonly diagnose: () => Promise<string>;
  readonly about: () => Promise<About>;
  readonly saver: FileSaver;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly random: Pick<Random, 'uuid'>;
  readonly logger: Logger;
}

export function createSupportRoom({ diagnose, about, saver, clock, random, logger }: SupportRoomParts): Room {
  // Saved exactly as it was read.
  let read: { readonly id: string; readonly text: string } | null = null;
  return {
    name: 'support',
    handlers: {
      'support:diagnostics': async () => {
        read = { id: random.uuid(), text: await diagnose() };
        return ok(read);
      },
      'support:saveDiagnostics': async ({ id }) => {
        if (read?.id !== id) return err(appError('invalid-request', { field: 'id' }));
        const day = new Date(clock.nowMs()).toISOString().slice(0, 10);
        const saved = await saver.save({ name: `counterfoil-${day}.txt`, text: read.text });
        if (saved.ok) logger.info('diagnostics.saved', { chosen: saved.value !== null });
        else logger.warn('diagnostics.not-saved', { code: saved.error.code, ...saved.error.details });
        return saved.ok ? ok({ file: saved.value }) : saved;
      },
      'support:about': async () => ok(await about()),
    },
  };
}
