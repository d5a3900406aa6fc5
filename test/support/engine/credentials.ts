import {
	ICredentialsHelper,
	isExpression,
	NodeHelpers,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type ICredentialsExpressionResolveValues,
	type ICredentialType,
	type IExecuteData,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeParameters,
	type INodeProperties,
	type IRequestOptionsSimplified,
	type IWorkflowExecuteAdditionalData,
	type Workflow,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

/** Credential data by credential type name, as its owner typed it in. */
export type Secrets = Record<string, ICredentialDataDecryptedObject>;

/**
 * Does with credentials what n8n's own helper does, which lives in the server and not in n8n-core: values are read from
 * the store for each request, fields hidden by display options are left out, a session token is fetched while there is
 * none or after a 401, and then stored. The store is the database: it outlives runs.
 */
export class TestCredentials extends ICredentialsHelper {
	/** How often a credential signed in, by its name. */
	readonly signIns: Record<string, number> = {};

	constructor(
		private readonly types: Readonly<Record<string, ICredentialType>>,
		readonly stored: Secrets,
	) {
		super();
	}

	getParentTypes(name: string): string[] {
		return this.type(name).extends ?? [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		name: string,
		given: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.type(name);
		const options = given as IHttpRequestOptions;
		if (authenticate === undefined) return options;
		if (typeof authenticate === 'function') return await authenticate(credentials, options);

		const resolved = (value: string): string => {
			if (!isExpression(value)) return value;
			const result = workflow!.expression.getSimpleParameterValue(
				node!,
				value,
				'internal',
				{ $credentials: credentials },
				undefined,
				'',
			);
			return result ? String(result) : '';
		};
		options.headers ??= {};
		const parts = options as unknown as Record<string, Record<string, string> | undefined>;
		for (const [part, values] of Object.entries(authenticate.properties)) {
			const target = (parts[part] ??= {});
			for (const [key, value] of Object.entries(values as Record<string, string>))
				target[resolved(key)] = resolved(value);
		}
		return options;
	}

	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		name: string,
		_node: INode,
		expired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const type = this.type(name);
		const session = type.properties.find(
			(property) => property.type === 'hidden' && property.typeOptions?.expirable === true,
		)?.name;
		if (session === undefined || type.preAuthentication === undefined) return undefined;
		if (credentials[session] !== '' && !expired) return undefined;
		const output = (await type.preAuthentication.call(
			helpers,
			credentials,
		)) as ICredentialDataDecryptedObject;
		if (output[session] === undefined) return undefined;
		this.signIns[name] = (this.signIns[name] ?? 0) + 1;
		this.stored[name] = { ...this.stored[name], ...output };
		return Object.assign(credentials, output);
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_details: INodeCredentialsDetails,
		name: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		_raw?: boolean,
		values?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const stored = this.stored[name];
		if (stored === undefined) throw new Error(`The test has no credential ${name}`);
		const data = NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(name),
			structuredClone(stored) as INodeParameters,
			true,
			false,
			null,
			null,
		) as ICredentialDataDecryptedObject;
		if (values === undefined) return data;
		return values.workflow.expression.getParameterValue(
			data as INodeParameters,
			values.runExecutionData,
			values.runIndex,
			values.itemIndex,
			values.node.name,
			values.connectionInputData,
			mode,
			{},
			executeData,
			false,
			data as INodeParameters,
		) as ICredentialDataDecryptedObject;
	}

	getCredentialsProperties(name: string): INodeProperties[] {
		return this.type(name).properties;
	}

	async runPreAuthentication(): Promise<undefined> {}

	async updateCredentials(): Promise<void> {}

	async updateCredentialsOauthTokenData(): Promise<void> {}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('n8n-core asks the credentials helper for decrypted data only');
	}

	private type(name: string): ICredentialType {
		const type = this.types[name];
		if (type === undefined) throw new Error(`The test has no credential type ${name}`);
		return type;
	}
}
