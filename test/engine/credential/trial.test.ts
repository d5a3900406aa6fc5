import { Trial } from '../../../nodes/shared/credential/trial';

const held = expect.objectContaining({ response: { status: 401 } });
const admission = (trial: Trial, credentials: object): unknown => {
	try {
		return trial.admit(credentials);
	} catch (error) {
		return error;
	}
};

it('holds the request of a test back until the credential was found good, and anew at the next test', async () => {
	const [trial, credentials] = [new Trial(), {}];
	const look = jest.fn(async () => undefined);
	for (let test = 1; test <= 2; test++) {
		expect(admission(trial, credentials)).toEqual(held);
		await trial.judge(credentials, look);
		expect(admission(trial, credentials)).toBeUndefined();
		expect(look).toHaveBeenCalledTimes(test);
	}
});

it('keeps what the look throws, and holds the request back', async () => {
	const [trial, credentials] = [new Trial(), {}];
	admission(trial, credentials);
	const refusal = new Error('The key is refused.');
	await expect(trial.judge(credentials, () => Promise.reject(refusal))).rejects.toBe(refusal);
	expect(admission(trial, credentials)).toEqual(held);
});

it('looks at nothing outside of a test, and takes one credential for no other', async () => {
	const [trial, one, other] = [new Trial(), {}, {}];
	const look = jest.fn(async () => undefined);
	admission(trial, one);
	await trial.judge(other, look);
	expect(look).not.toHaveBeenCalled();
	trial.pass(one);
	expect(admission(trial, other)).toEqual(held);
	expect(admission(trial, one)).toBeUndefined();
});
