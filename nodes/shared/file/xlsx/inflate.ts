import { damaged } from './fault';

/** Unpacks what ZIP calls deflated, no faster than it is taken: memory holds a few blocks, whatever comes out in the end. */
export async function* inflate(pieces: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	const { readable, writable } = new DecompressionStream('deflate-raw');
	const fed = feed(writable as WritableStream<Uint8Array>, pieces);
	// Said where it is awaited, if it gets so far.
	fed.catch(() => undefined);
	const reader = (readable as ReadableStream<Uint8Array>).getReader();
	try {
		for (;;) {
			const { done, value } = await reader.read().catch(refuse);
			if (done) break;
			yield value;
		}
		await fed.catch(refuse);
	} finally {
		await reader.cancel().catch(() => undefined);
	}
}

const refuse = (): never => {
	throw damaged();
};

async function feed(
	writable: WritableStream<Uint8Array>,
	pieces: Iterable<Uint8Array>,
): Promise<void> {
	const writer = writable.getWriter();
	try {
		for (const piece of pieces) await writer.write(piece);
		await writer.close();
	} catch (error) {
		// Whoever reads the other end would wait for ever.
		await writer.abort(error);
		throw error as Error;
	}
}

/** The other way. Holds what comes out, which is a fraction of what goes in. */
export async function deflate(pieces: Iterable<Uint8Array>): Promise<Buffer> {
	const { readable, writable } = new CompressionStream('deflate-raw');
	const fed = feed(writable as WritableStream<Uint8Array>, pieces);
	const packed: Uint8Array[] = [];
	for await (const piece of readable as ReadableStream<Uint8Array>) packed.push(piece);
	await fed;
	return Buffer.concat(packed);
}
