/** Two aligned columns, ready to print; a deeper level is indented by its caller. */
export function table(rows: Array<[label: string, value: string | number]>): string {
	const width = Math.max(...rows.map(([label]) => label.length));
	return rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`).join('\n');
}
