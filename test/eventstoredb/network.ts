import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A proxy in front of a server, whose connections can be broken, refused and held up as a network does it. */
export class Network {
  private readonly sockets = new Map<Socket, () => void>();
  private behind = 0;
  private held = false;
  private readonly front = createServer((socket) => this.accept(socket));

  constructor(public port: number) {}

  connections(): number {
    return this.sockets.size;
  }

  drop(): void {
    for (const socket of this.sockets.keys()) socket.destroy();
  }

  /** Half open: connections stay and new ones are accepted, but nothing passes. */
  hold(held: boolean): void {
    if (this.held === held) return;
    this.held = held;
    for (const update of this.sockets.values()) update();
  }

  async open(behind: number): Promise<void> {
    this.behind = behind;
    this.front.listen(this.port, '127.0.0.1');
    await once(this.front, 'listening');
    ({ port: this.port } = this.front.address() as AddressInfo);
  }

  async close(): Promise<void> {
    const closed = once(this.front, 'close');
    this.front.close();
    this.drop();
    await closed;
  }

  private accept(socket: Socket): void {
    const server = connect(this.behind, '127.0.0.1');
    const update = () => {
      if (this.held) {
        socket.unpipe().pause();
        server.unpipe().pause();
      } else {
        socket.pipe(server).pipe(socket);
      }
    };
    this.sockets.set(socket, update);
    const end = () => {
      this.sockets.delete(socket);
      socket.destroy();
      server.destroy();
    };
    for (const side of [socket.setNoDelay(true), server.setNoDelay(true)]) side.on('error', end).on('close', end);
    update();
  }
}
