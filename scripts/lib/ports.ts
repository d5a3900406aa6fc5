import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** The wanted port of 127.0.0.1 if nobody listens there, else one the system says is free. */
export async function freePort(wanted: number): Promise<number> {
	return (await tryPort(wanted)) ?? (await tryPort(0)) ?? wanted;
}

async function tryPort(port: number): Promise<number | undefined> {
	const server = createServer();
	try {
		// All addresses, because another program may hold the port on any of them.
		await once(server.listen(port), 'listening');
		return (server.address() as AddressInfo).port;
	} catch {
		return undefined;
	} finally {
		server.close();
	}
}
