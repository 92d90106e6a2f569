import type { Net, PowerMonitor } from 'electron';
import { every } from '../../kernel/every.ts';
import type { Clock } from '../../kernel/ports.ts';

export interface PowerListener {
  readonly onSuspend: () => void;
  /** The system's screen was locked; not every system tells. */
  readonly onLockScreen: () => void;
  /** The system ends; not every system tells. */
  readonly onShutdown: () => void;
  readonly onResume: () => void;
}

/** After `ready`. The returned function stops listening. */
export function watchPower(
  monitor: Pick<PowerMonitor, 'on' | 'off'>,
  { onSuspend, onLockScreen, onShutdown, onResume }: PowerListener,
): () => void {
  monitor.on('suspend', onSuspend);
  monitor.on('lock-screen', onLockScreen);
  monitor.on('shutdown', onShutdown);
  monitor.on('resume', onResume);
  return () => {
    monitor.off('suspend', onSuspend);
    monitor.off('lock-screen', onLockScreen);
    monitor.off('shutdown', onShutdown);
    monitor.off('resume', onResume);
  };
}

export const NETWORK_POLL_MS = 2_000;

/**
 * Electron tells the main process nothing when a cable comes back, so it is asked. "Online" means only
 * that there is a network; whether KYBIO is reachable, an attempt must tell. The first answer is not a
 * change and is not called back. The returned function stops asking.
 */
export function watchNetwork(
  net: Pick<Net, 'isOnline'>,
  clock: Pick<Clock, 'schedule'>,
  onChange: (online: boolean) => void,
): () => void {
  let last = net.isOnline();
  return every(clock, NETWORK_POLL_MS, () => {
    const online = net.isOnline();
    if (online === last) return;
    last = online;
    onChange(online);
  });
}
