/** The file cannot be read as a whole. The message says why and what to do, and holds no value of the file. */
export class FileFault extends Error {
	constructor(message: string) {
		super(message);
		this.name = 'FileFault';
	}
}

export const emptyFile = (): FileFault =>
	new FileFault('The file is empty. Check the node that provides it.');
