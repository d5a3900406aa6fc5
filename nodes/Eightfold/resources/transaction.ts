import { call, read, type CallOperation, type OutcomeRule } from '../../shared/definition';

const TRANSACTION = {
	request: { method: 'GET', path: '/api/v2/core/transactions/{transactionId}' },
	basis: 'documented',
	source: 'https://apidocs.eightfold.ai/v2.0/reference/get_async_api_status_transactions_by_id',
} as const;

/** Every write is only accepted at first; what became of it is told by its transaction. */
export const byTransaction: OutcomeRule = {
	by: 'transaction',
	id: 'transactionId',
	poll: 'transaction',
	state: 'data.status',
	success: ['PASS'],
	failure: ['FAIL'],
	recordId: 'data.efEntityId',
	keep: ['data.efEntityId', 'data.externalEntityId'],
};

export const transactionEndpoints = {
	transaction: read(TRANSACTION),
	transactionStatus: call({
		...TRANSACTION,
		repeatable: true,
		parameters: {
			transactionId: {
				label: 'Transaction ID',
				help: 'From the result of a write. Eightfold keeps transactions for three days.',
				kind: 'text',
				in: 'path',
				required: true,
			},
		},
	}),
};

export const getTransaction = (what: string): CallOperation<'transactionStatus'> => ({
	does: 'call',
	label: 'Get Transaction',
	action: `Get transaction of ${what}`,
	description: 'Tell what became of a write that was still in progress',
	endpoint: 'transactionStatus',
});
