/** Prints the cost of the engine as JSON: a program of its own, so that the Node.js that n8n runs on can run it. */
import { engineCost } from '../lib/engineCost';

void engineCost().then((ratios) => console.log(JSON.stringify(ratios)));
