import { createStore } from 'zustand/vanilla';
import type { AppError, Entry, Result } from '../../preload/contract/index.ts';

/** What lies over the till's screen; one at a time. */
export type Dialog =
  | { readonly kind: 'menu' }
  | { readonly kind: 'details'; readonly entry: Entry }
  | { readonly kind: 'reverse'; readonly entry: Entry; readonly requestId: string }
  | { readonly kind: 'resume' }
  | { readonly kind: 'replace-key' }
  | { readonly kind: 'make-pin'; readonly next: Dialog | null }
  | { readonly kind: 'recover' }
  | { readonly kind: 'recovery-code'; readonly code: string; readonly next: Dialog | null };

export interface ViewState {
  readonly dialog: Dialog | null;
  readonly settingUp: boolean;
  /** Open while the search field shows; null text is never searched for. */
  readonly find: { readonly text: string; readonly entries: readonly Entry[] | null } | null;
  /** A failure of something that has no place of its own to tell it. */
  readonly notice: AppError | null;
}

export interface ViewPorts {
  readonly search: (args: { query: string }) => Promise<Result<{ entries: Entry[] }>>;
}

export function createViewStore(ports: ViewPorts) {
  const store = createStore<ViewState>(() => ({ dialog: null, settingUp: false, find: null, notice: null }));
  const { getState, setState } = store;
  return {
    store,
    open: (dialog: Dialog) => setState({ dialog, notice: null }),
    close: () => setState({ dialog: null }),
    setUp: (settingUp: boolean) => setState({ settingUp }),
    notice: (notice: AppError | null) => setState({ notice }),
    openFind: () => setState((state) => ({ find: state.find ?? { text: '', entries: null } })),
    closeFind: () => setState({ find: null }),
    typeFind: (text: string) => setState({ find: { text, entries: getState().find?.entries ?? null } }),
    /** Searches for what stands there; an answer to an older text is dropped. */
    search: async (): Promise<void> => {
      const text = getState().find?.text;
      if (text === undefined) return;
      if (text.trim() === '') return setState({ find: { text, entries: null } });
      const reply = await ports.search({ query: text.trim() });
      if (getState().find?.text !== text) return;
      if (reply.ok) setState({ find: { text, entries: reply.value.entries }, notice: null });
      else setState({ notice: reply.error });
    },
  };
}
export type View = ReturnType<typeof createViewStore>;
