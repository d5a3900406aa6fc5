import { ExecuteContext, RoutingNode } from 'n8n-core';
import {
	createEmptyRunExecutionData,
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type INode,
	type INodeType,
	type INodeTypes,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { TestCredentials } from '../support/engine/credentials';

interface Verdict {
	status: 'OK' | 'Error';
	message: string;
}

/** What n8n's own error carries of the answer. */
interface Refusal {
	message: string;
	cause?: { code?: string; response?: { status: number; statusText?: string } };
}

/**
 * Tests a credential as n8n's server does (`CredentialsTester` of 1.123.81 and 2.41.1, which judge alike): the request of the
 * test as a declarative node, then the rules. What sends it is n8n-core's own.
 */
export async function testConnection(
	type: ICredentialType,
	secrets: ICredentialDataDecryptedObject,
): Promise<Verdict> {
	const { request, rules = [] } = type.test ?? {};
	const data = NodeHelpers.getNodeParameters(
		type.properties,
		structuredClone(secrets) as INode['parameters'],
		true,
		false,
		null,
		null,
	) as ICredentialDataDecryptedObject;
	const nodeType = {
		description: {
			name: 'mock',
			version: 1,
			credentials: [{ name: type.name, required: true }],
			properties: [
				{ displayName: 'Temp', name: 'temp', type: 'string', routing: { request }, default: '' },
			],
		},
	} as unknown as INodeType;
	const node: INode = {
		id: 'temp',
		parameters: {},
		name: 'Temp-Node',
		type: 'mock',
		typeVersion: 1,
		position: [0, 0],
		credentials: { [type.name]: { id: 'tested', name: 'tested' } },
	};
	const nodeTypes = {
		getByName: () => nodeType,
		getByNameAndVersion: () => nodeType,
		getKnownTypes: () => ({}),
	} as INodeTypes;
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const context = new ExecuteContext(
		workflow,
		node,
		{
			credentialsHelper: new TestCredentials({ [type.name]: type }, { [type.name]: secrets }),
		} as unknown as IWorkflowExecuteAdditionalData,
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	const tested = { id: 'tested', name: 'tested', type: type.name, data };
	try {
		const output = await new RoutingNode(context, nodeType, tested).runNode();
		const body = output?.[0][0].json ?? {};
		for (const rule of rules)
			if (
				rule.type === 'responseSuccessBody' &&
				body[rule.properties.key] === rule.properties.value
			)
				return { status: 'Error', message: rule.properties.message };
		return { status: 'OK', message: 'Connection successful!' };
	} catch (error) {
		const { message, cause } = error as Refusal;
		const status = cause?.response?.status;
		for (const rule of rules)
			if (rule.type === 'responseCode' && rule.properties.value === status)
				return { status: 'Error', message: rule.properties.message };
		return { status: 'Error', message: cause?.response?.statusText ?? cause?.code ?? message };
	}
}
