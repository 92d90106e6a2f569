import { useEffect, useRef } from 'react';
import type { ReceiptDrawing } from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import unseen from '../../kit/unseen.module.css';
import styles from './receipts.module.css';

const c = classNames(unseen, styles);

/** What a drawing of a receipt is made of; anything else in it is left out. */
const parts = new Set(['svg', 'g', 'text', 'tspan', 'path']);

function isOurs(element: Element): boolean {
  return (
    parts.has(element.localName) &&
    [...element.attributes].every(({ name, value }) => !/^on|href|style/i.test(name) && !/url\(/i.test(value))
  );
}

/** The drawing as main made it, read as a picture and not as a page: nothing in it can act. */
function readDrawing(svg: string): Element | null {
  const { documentElement } = new DOMParser().parseFromString(svg, 'image/svg+xml');
  const all = [documentElement, ...documentElement.querySelectorAll('*')];
  return documentElement.localName === 'svg' && all.every(isOurs) ? documentElement : null;
}

/** A receipt on the screen, as the paper will be; a screen reader has its words. */
export function Paper({ drawing, label }: { readonly drawing: ReceiptDrawing; readonly label: string }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const read = readDrawing(drawing.svg);
    if (read === null) return;
    const shown = document.importNode(read, true);
    shown.setAttribute('aria-hidden', 'true');
    ref.current?.replaceChildren(shown);
  }, [drawing.svg]);
  return (
    <section className={c('paper')} aria-label={label}>
      <div ref={ref} />
      <pre className={c('unseen')}>{drawing.text}</pre>
    </section>
  );
}
