import { describe, expect, it, vi } from 'vitest';
import { createViewStore, type Screen } from '../../../renderer/shared/view-store.ts';

const settings: Screen = { kind: 'settings' };
const rules: Screen = { kind: 'rules' };

/** At the settings, with what is not saved. */
function held() {
  const view = createViewStore();
  view.show(settings);
  view.hold(true);
  return view;
}

describe('a page with what is not saved', () => {
  it('is left by a person who was asked, whatever the way out', () => {
    const view = held();
    view.open({ kind: 'menu' });
    view.show(rules);
    const { screen, dialog } = view.store.getState();
    expect(screen).toBe(settings);
    if (dialog?.kind !== 'leave-page') throw new Error('it was not asked');
    dialog.onLeave();
    expect(view.store.getState()).toMatchObject({ screen: rules, dialog: null });
  });

  it('stays where the answer is to stay', () => {
    const view = held();
    view.show({ kind: 'till' });
    view.close();
    expect(view.store.getState()).toMatchObject({ screen: settings, dialog: null });
  });

  it('stays without a question where its own place is pressed', () => {
    const view = held();
    view.show({ kind: 'settings' });
    expect(view.store.getState()).toMatchObject({ screen: settings, dialog: null });
  });

  it('asks before it goes to the practice store, and nothing once it is saved', () => {
    const view = held();
    const onLeave = vi.fn();
    view.leaveFor(onLeave);
    expect(onLeave).not.toHaveBeenCalled();
    view.hold(false);
    view.leaveFor(onLeave);
    expect(onLeave).toHaveBeenCalledTimes(1);
  });

  it('is gone with its till', () => {
    const view = held();
    view.begin();
    expect(view.store.getState().screen.kind).toBe('till');
  });
});
