import { expect } from 'vitest';
import { planted } from '../../faults/faults.ts';
import { noProxy } from './support/doors.ts';
import { through, withoutPolicy } from './support/evaluate.ts';
import { ask } from './support/requests.ts';
import { listen } from './support/server.ts';
import { type Check, checkAll } from './support/table.ts';

const requests: Check = {
  number: '13',
  title: 'a page under no policy reaches no server by a request',
  given: [noProxy],
  breaches: async (app) => {
    const server = await listen();
    await withoutPolicy(app);
    await ask(app.page, server);
    const arrived = (name: string) => server.heard.some((line) => line.includes(`/${name}`));
    return through({
      fetch: arrived('fetch'),
      image: arrived('image'),
      script: arrived('script'),
      style: arrived('style'),
      WebSocket: arrived('socket'),
      EventSource: arrived('events'),
      anything: server.heard.length > 0,
    });
  },
  controls: [
    {
      ...planted('requests-pass'),
      finds: ['fetch', 'image', 'script', 'style', 'WebSocket', 'EventSource'],
    },
  ],
};

const unseen: Check = {
  number: '13',
  title: 'nor by WebRTC or WebTransport, which no request shows',
  breaches: async (app) => {
    const server = await listen();
    await withoutPolicy(app);
    const over = await app.page.evaluate(async (port) => {
      const gathered = [`stun:127.0.0.1:${port}`, `turn:127.0.0.1:${port}?transport=tcp`].map(
        async (urls) => {
          const peer = new RTCPeerConnection({ iceServers: [{ urls, username: 'a', credential: 'b' }] });
          peer.createDataChannel('out');
          await peer.setLocalDescription(await peer.createOffer());
          for (let turn = 0; turn < 75 && peer.iceGatheringState !== 'complete'; turn += 1) {
            await new Promise((resolve) => setTimeout(resolve, 20));
          }
          peer.close();
        },
      );
      const transport = new WebTransport(`https://127.0.0.1:${port}/`);
      transport.closed.catch(() => undefined);
      const answered = Promise.race([
        transport.ready.catch(() => undefined),
        new Promise((resolve) => setTimeout(resolve, 1_500)),
      ]);
      await Promise.all([...gathered, answered]);
      return 'asked';
    }, server.port);
    expect(over).toBe('asked');
    return through({
      'WebRTC over TCP': server.heard.includes('connection'),
      'a datagram': server.heard.includes('datagram'),
    });
  },
  controls: [{ ...planted('no-proxy'), finds: ['WebRTC over TCP', 'a datagram'] }],
};

checkAll([requests, unseen]);
