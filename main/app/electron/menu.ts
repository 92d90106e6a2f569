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

/** Before `ready`, where Electron would make a menu of its own: none. */
export const withoutMenu = (menu: typeof Menu): void => menu.setApplicationMenu(null);

/** After `ready`: the menu of a system that needs one. */
export function applyMenu(menu: typeof Menu, platform: NodeJS.Platform): void {
  const template = menuTemplate(platform);
  if (template !== null) menu.setApplicationMenu(menu.buildFromTemplate(template));
}
