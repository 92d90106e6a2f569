import type { Menu, MenuItemConstructorOptions } from 'electron';

/**
 * A till needs no menu, and Electron's own one brings reload, zoom and developer tools. Only macOS
 * needs one for copy, paste, hide and quit to work at all; its words come from the system.
 */
export const menuTemplate = (platform: NodeJS.Platform): MenuItemConstructorOptions[] | null =>
  platform === 'darwin'
    ? [
        {
          role: 'appMenu',
          submenu: [
            { role: 'about' },
            { type: 'separator' },
            { role: 'hide' },
            { role: 'hideOthers' },
            { role: 'unhide' },
            { type: 'separator' },
            { role: 'quit' },
          ],
        },
        {
          role: 'editMenu',
          submenu: [
            { role: 'undo' },
            { role: 'redo' },
            { type: 'separator' },
            { role: 'cut' },
            { role: 'copy' },
            { role: 'paste' },
            { role: 'selectAll' },
          ],
        },
        {
          role: 'windowMenu',
          submenu: [{ role: 'minimize' }, { role: 'togglefullscreen' }, { role: 'close' }],
        },
      ]
    : null;

export function applyMenu(menu: typeof Menu, platform: NodeJS.Platform): void {
  const template = menuTemplate(platform);
  menu.setApplicationMenu(template === null ? null : menu.buildFromTemplate(template));
}
