import { planted } from '../../faults/faults.ts';
import { through } from './support/evaluate.ts';
import { type Check, checkAll } from './support/table.ts';

const contentPolicy: Check = {
  number: '7',
  title: 'the policy stops code, styles and connections that are not files of ours',
  breaches: async ({ page }) => {
    const found = await page.evaluate(async () => {
      const stopped = new Set<string>();
      const note = ({ effectiveDirective }: SecurityPolicyViolationEvent) => stopped.add(effectiveDirective);
      document.addEventListener('securitypolicyviolation', note);
      const marks = window as unknown as Record<string, unknown>;
      const put = <T extends HTMLElement>(element: T, change: (element: T) => void) => {
        change(element);
        document.body.append(element);
        return element;
      };
      const probe = document.createElement('script');
      probe.src = 'counterfoil://app/assets/probe-eval.js';
      const probed = new Promise((resolve) => probe.addEventListener('load', resolve));
      document.head.append(probe);
      await probed;
      const script = put(document.createElement('script'), (element) => {
        element.textContent = 'window.inlineRan = true';
      });
      const styled = put(document.createElement('p'), () => undefined);
      const style = put(document.createElement('style'), (element) => {
        element.textContent = 'p { letter-spacing: 7px }';
      });
      const plugin = put(document.createElement('object'), (element) => {
        element.data = 'counterfoil://app/index.html';
      });
      const base = document.createElement('base');
      base.href = 'counterfoil://app/assets/';
      document.head.append(base);
      const form = put(document.createElement('form'), (element) => {
        element.action = 'counterfoil://app/index.html';
      });
      form.submit();
      await fetch('counterfoil://app/index.html').catch(() => undefined);
      // Some violations are told by another process, later.
      const wanted = ['connect-src', 'object-src', 'form-action'];
      const areAllStopped = () => wanted.every((directive) => stopped.has(directive));
      for (let turn = 0; turn < 50 && !areAllStopped(); turn += 1) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      const result = {
        eval: marks['evaluated'] !== false,
        'an inline script': marks['inlineRan'] === true,
        'an inline style': getComputedStyle(styled).letterSpacing === '7px',
        'a connection': !stopped.has('connect-src'),
        'a plug-in': !stopped.has('object-src'),
        'another base': document.baseURI.endsWith('/assets/'),
        'a form': !stopped.has('form-action'),
      };
      for (const element of [probe, script, styled, style, plugin, base, form]) element.remove();
      document.removeEventListener('securitypolicyviolation', note);
      return result;
    });
    return through(found);
  },
  controls: [
    {
      ...planted('weak-policy'),
      finds: [
        'eval',
        'an inline script',
        'an inline style',
        'a connection',
        'a plug-in',
        'another base',
        'a form',
      ],
    },
  ],
};

checkAll([contentPolicy]);
