import type { BrowserWindow } from 'electron';
import { windowAct } from './window-keys.ts';
import type { WindowMemory } from './window-memory.ts';
import { nextZoom } from './zoom.ts';

/** The window's own keys, zoom and full screen, and nothing else that zooms: no wheel, no two fingers. */
export function obeyWindowKeys(
  window: BrowserWindow,
  memory: Pick<WindowMemory, 'zoomPercent' | 'zoomed'>,
  platform: NodeJS.Platform,
  isHeld: () => boolean,
): void {
  const contents = window.webContents;
  const zoom = () => contents.setZoomFactor(memory.zoomPercent() / 100);
  contents.on('before-input-event', (event, input) => {
    const act = windowAct(input, platform);
    if (act === null) return;
    // What the page does not get, the menu does not get either. The system still ends the program, as it shuts down.
    if (act.kind === 'leave') {
      if (isHeld()) event.preventDefault();
      return;
    }
    event.preventDefault();
    if (act.kind === 'full-screen') {
      if (!isHeld()) window.setFullScreen(!window.isFullScreen());
      return;
    }
    memory.zoomed(nextZoom(memory.zoomPercent(), act.way));
    zoom();
  });
  // Chromium keeps a zoom of its own for every address; ours is the one that counts.
  contents.on('dom-ready', () => {
    zoom();
    void contents.setVisualZoomLevelLimits(1, 1);
  });
}
