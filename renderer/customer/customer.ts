import './customer.css';
import type { CustomerBridge } from '../../preload/contract/index.ts';
import { draw } from './page.ts';

declare global {
  interface Window {
    readonly customer: CustomerBridge;
  }
}

const place = document.getElementById('shown');
if (place === null) throw new Error('customer.html has no #shown');
window.customer.onShown((shown) => draw(place, shown));
