/**
 * A chat model in the place of an intelligent one, spoken to as OpenAI's chat completions: it calls the tool whose name
 * holds the first word of what it is told (`find Ada`, `delete 1001 1002`), once for each value behind it, and then repeats
 * what the tools said. So an agent can be tried, and tested, without an account.
 */
interface ToolCall {
	id: string;
	type: 'function';
	function: { name: string; arguments: string };
}

interface Message {
	role: 'system' | 'user' | 'assistant' | 'tool';
	content?: string | Array<{ text?: string }> | null;
	tool_calls?: ToolCall[];
}

export interface ChatRequest {
	model: string;
	messages: Message[];
	tools?: Array<{
		function: { name: string; parameters: { properties?: Record<string, unknown> } };
	}>;
}

const textOf = ({ content }: Message): string =>
	typeof content === 'string' ? content : (content ?? []).map(({ text = '' }) => text).join('');

export function answerOf({ model, messages, tools = [] }: ChatRequest): object {
	const asked = messages.map(({ role }) => role).lastIndexOf('user');
	const results = messages.slice(asked + 1).filter(({ role }) => role === 'tool');
	const message: Message =
		results.length > 0
			? { role: 'assistant', content: results.map(textOf).join('\n\n') }
			: replyTo(textOf(messages[asked]), tools);
	return {
		id: `practice-${messages.length}`,
		object: 'chat.completion',
		created: 0,
		model,
		choices: [
			{
				index: 0,
				message,
				finish_reason: message.tool_calls === undefined ? 'stop' : 'tool_calls',
			},
		],
		usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
	};
}

function replyTo(text: string, tools: NonNullable<ChatRequest['tools']>): Message {
	const [verb = '', ...values] = text.trim().split(/[\s,]+/);
	const tool = tools.find(({ function: { name } }) =>
		name
			.toLowerCase()
			.split(/[^a-z]+/)
			.includes(verb.toLowerCase()),
	)?.function;
	const [argument] = Object.keys(tool?.parameters.properties ?? {});
	if (tool === undefined || argument === undefined || values.length === 0)
		return {
			role: 'assistant',
			content: `This practice model understands the name of a tool and values for it, for example: ${tools
				.map(({ function: { name } }) => `${name.split(/[^A-Za-z]+/)[0].toLowerCase()} …`)
				.join(' or ')}.`,
		};
	return {
		role: 'assistant',
		content: null,
		tool_calls: values.map((value, at) => ({
			id: `call-${at}`,
			type: 'function',
			function: { name: tool.name, arguments: JSON.stringify({ [argument]: value }) },
		})),
	};
}
