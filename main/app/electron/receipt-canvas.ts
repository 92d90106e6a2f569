import { readFile } from 'node:fs/promises';
import type * as Electron from 'electron';
import { appError, err, ok } from '../../../preload/contract/index.ts';
import { inHtml } from '../../kernel/in-html.ts';
import type { GreyBitmap, Logger, ReceiptCanvas, SheetPdf, SvgImage } from '../../kernel/ports.ts';

export interface ReceiptCanvasParts {
  readonly electron: typeof Electron;
  /** Pictures are asked for over it; nothing is drawn after it is closed. */
  readonly window: () => Electron.BrowserWindow | null;
  readonly logger: Logger;
}

/** An in-memory session that loads only what is written into it. */
const PARTITION = 'receipts';

const CSP = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

/** The printer's resolution, 203 dpi. */
const MICRONS_A_DOT = 25_400 / 203;

const LOGO_BYTES = 5_000_000;

const pageOf = (body: string, { title = 'Receipt', locale = 'en' } = {}): string =>
  `data:text/html;base64,${Buffer.from(`<!doctype html><html lang="${inHtml(locale)}"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${CSP}"><title>${inHtml(title)}</title>${body}</html>`).toString('base64')}`;

/** Centred on paper wider than the printable width. */
const paperPage = ({ svg, width }: SvgImage): string =>
  pageOf(
    `<style>@page{margin:0}body{margin:4mm 0;text-align:center}svg{width:${((width * MICRONS_A_DOT) / 1_000).toFixed(2)}mm;height:auto}</style>${svg}`,
  );

/** Runs in the hidden page; returns one byte a pixel, as base64. */
export const drawnInPage = ({ svg, width, height }: SvgImage): string => `(async () => {
  const image = new Image();
  image.src = 'data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}';
  await image.decode();
  const canvas = new OffscreenCanvas(${width}, ${height});
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, ${width}, ${height});
  pen.drawImage(image, 0, 0, ${width}, ${height});
  const { data } = pen.getImageData(0, 0, ${width}, ${height});
  let grey = '';
  for (let at = 0; at < data.length; at += 4)
    grey += String.fromCharCode((data[at] * 299 + data[at + 1] * 587 + data[at + 2] * 114) / 1000);
  return btoa(grey);
})()`;

/** Blocks every request. */
function sealedSession({ session }: typeof Electron): Electron.Session {
  const sealed = session.fromPartition(PARTITION, { cache: false });
  sealed.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  sealed.setPermissionCheckHandler(() => false);
  sealed.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !url.startsWith('data:') }));
  return sealed;
}

type Within = <T>(page: string, work: (contents: Electron.WebContents) => Promise<T>) => Promise<T>;

/** Runs work in a hidden window that is closed afterwards. */
function createHiddenPage({ electron, window }: ReceiptCanvasParts): Within {
  let sealed: Electron.Session | null = null;
  return async (page, work) => {
    const over = window();
    if (over === null) throw new Error('no window');
    sealed ??= sealedSession(electron);
    const hidden = new electron.BrowserWindow({
      show: false,
      webPreferences: {
        session: sealed,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        spellcheck: false,
        devTools: false,
      },
    });
    // This window must not keep the program running.
    const end = () => hidden.destroy();
    over.once('closed', end);
    try {
      await hidden.loadURL(page);
      return await work(hidden.webContents);
    } finally {
      over.off('closed', end);
      if (!hidden.isDestroyed()) hidden.destroy();
    }
  };
}

/** Prints what people read on A4: as text, so that it can be found and copied. */
export function createSheetPdf(parts: ReceiptCanvasParts): SheetPdf {
  const within = createHiddenPage(parts);
  return (body, page) =>
    within(pageOf(body, page), (contents) =>
      contents.printToPDF({ pageSize: 'A4', printBackground: true, preferCSSPageSize: true }),
    );
}

/** The computer's fonts and printers, for receipts. */
export function createReceiptCanvas(parts: ReceiptCanvasParts): ReceiptCanvas {
  const { electron, window, logger } = parts;
  const within = createHiddenPage(parts);
  return {
    grey: (picture) =>
      within(pageOf(''), async (contents): Promise<GreyBitmap> => {
        const bytes: unknown = await contents.executeJavaScript(drawnInPage(picture));
        const grey = Buffer.from(String(bytes), 'base64');
        if (grey.length !== picture.width * picture.height) throw new Error('a picture of another size');
        return { width: picture.width, grey };
      }),
    printers: async () => {
      const printers = (await window()?.webContents.getPrintersAsync()) ?? [];
      return printers.map(({ name }) => name);
    },
    print: (picture, deviceName, paperMm) =>
      within(
        paperPage(picture),
        (contents) =>
          new Promise<string | null>((resolve) => {
            const pageSize = { width: paperMm * 1_000, height: heightOf(picture) };
            const margins = { marginType: 'none' } as const;
            const options = { silent: true, deviceName, margins, pageSize, printBackground: true };
            contents.print(options, (isPrinted, why) => resolve(isPrinted ? null : why || 'not printed'));
          }),
      ),
    pdf: (picture, paperMm) =>
      within(paperPage(picture), (contents) =>
        contents.printToPDF({
          pageSize: { width: paperMm / 25.4, height: heightOf(picture) / 25_400 },
          margins: { top: 0, bottom: 0, left: 0, right: 0 },
          printBackground: true,
        }),
      ),
    pick: async (most) => {
      const over = window();
      if (over === null) return ok(null);
      const { canceled, filePaths } = await electron.dialog.showOpenDialog(over, {
        properties: ['openFile'],
        filters: [{ name: 'PNG, JPEG', extensions: ['png', 'jpg', 'jpeg'] }],
      });
      const [file] = filePaths;
      if (canceled || file === undefined) return ok(null);
      const picture = await readBitmap(electron, file, most).catch((thrown: unknown) => {
        logger.warn('receipts.logo-unread', { error: String(thrown) });
        return null;
      });
      return picture === null ? err(appError('logo-unreadable')) : ok(picture);
    },
  };
}

/** With margins, so that no printer cuts into it. */
const heightOf = ({ height }: SvgImage): number => Math.ceil(height * MICRONS_A_DOT) + 12_000;

/** Scales a picture file to this width, and at most half of it in height. */
async function readBitmap(
  { nativeImage }: typeof Electron,
  file: string,
  most: number,
): Promise<GreyBitmap | null> {
  const bytes = await readFile(file);
  if (bytes.length > LOGO_BYTES) return null;
  const whole = nativeImage.createFromBuffer(bytes);
  if (whole.isEmpty()) return null;
  const size = whole.getSize();
  const by = Math.min(1, most / size.width, most / 2 / size.height);
  const width = Math.max(1, Math.round(size.width * by));
  const image = whole.resize({ width, height: Math.max(1, Math.round(size.height * by)) });
  const bitmap = image.toBitmap();
  const grey = new Uint8Array(bitmap.length / 4);
  // Blends blue, green and red with white by premultiplied alpha.
  for (let at = 0; at < grey.length; at++) {
    const [blue = 0, green = 0, red = 0, cover = 255] = bitmap.subarray(at * 4, at * 4 + 4);
    grey[at] = Math.min(255, 255 - cover + (red * 299 + green * 587 + blue * 114) / 1_000);
  }
  return { width, grey };
}
