import type { BrowserWindow } from 'electron';
import { windowAct } from './window-keys.ts';
import type { WindowMemory } from './window-memory.ts';
import { nextZoom } from './zoom.ts';

/** Zoom and full screen by keys only, not by wheel or pinch. */
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
    // The page must not get the menu's keys either. The system can still end the program.
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
  // Chromium has a zoom for each address; ours counts.
  contents.on('dom-ready', () => {
    zoom();
    void contents.setVisualZoomLevelLimits(1, 1);
  });
}
