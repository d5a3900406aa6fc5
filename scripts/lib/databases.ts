import { existsSync, rmSync } from 'node:fs';
import { chown, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort } from './ports';
import { run } from './processes';
import { startService } from './service';

/*
 * Redis and PostgreSQL of Debian's packages, on free ports of 127.0.0.1 and with data that is thrown away.
 */

export interface Programs {
	redis: string;
	/** Folder with PostgreSQL's programs. */
	postgres: string;
}

export interface Databases {
	/** What leads n8n to them. */
	env: Record<string, string>;
	stop(): Promise<void>;
}

const PACKAGES = ['redis-server', 'postgresql'];
const REDIS = '/usr/bin/redis-server';
const POSTGRES = '/usr/lib/postgresql';
/** Made by Debian's package; PostgreSQL refuses to run as root. */
const POSTGRES_USER = 'postgres';
/** Debian's packages ask it whether they may start their services. */
const POLICY = '/usr/sbin/policy-rc.d';
const FORBIDDEN = 101;
const DATABASE_OWNER = 'n8n';
const START_TIMEOUT_MS = 60_000;

const isRoot = process.getuid?.() === 0;

/**
 * Finds Redis and PostgreSQL, and installs them where that is possible.
 *
 * @returns in words why not, if it is not
 */
export async function providePrograms(): Promise<Programs | string> {
	const found = await findPrograms();
	if (found !== undefined) return found;
	const wish = `Debian's packages ${PACKAGES.join(' and ')} are not installed`;
	if (!existsSync('/usr/bin/apt-get')) return `${wish}, and this machine has no apt-get`;
	if (!isRoot) return `${wish}, and only root may install them`;
	try {
		await withoutServices(async () => {
			await run('apt-get', ['update']);
			await run('apt-get', ['install', '-y', '--no-install-recommends', ...PACKAGES], {
				env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
			});
		});
	} catch (error) {
		return `${wish}, and installing them failed: ${(error as Error).message}`;
	}
	return (await findPrograms()) ?? `${wish} where they are expected: ${REDIS}, ${POSTGRES}`;
}

async function findPrograms(): Promise<Programs | undefined> {
	const versions = await readdir(POSTGRES).catch(() => []);
	const postgres = versions
		.sort((one, other) => Number(other) - Number(one))
		.map((version) => join(POSTGRES, version, 'bin'))
		.find((folder) => existsSync(join(folder, 'initdb')));
	return postgres && existsSync(REDIS) ? { redis: REDIS, postgres } : undefined;
}

/** Installs packages without starting what they would start: two servers nobody asked for. */
async function withoutServices(install: () => Promise<void>): Promise<void> {
	if (existsSync(POLICY)) return await install();
	await writeFile(POLICY, `#!/bin/sh\nexit ${FORBIDDEN}\n`, { mode: 0o755 });
	try {
		await install();
	} finally {
		await rm(POLICY);
	}
}

/** @param parent folder for the folder of their data */
export async function startDatabases(programs: Programs, parent: string): Promise<Databases> {
	const user = isRoot ? await userNamed(POSTGRES_USER) : undefined;
	const folder = await dataFolder(parent, user);
	process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 20 }));
	const [redisPort, postgresPort] = [await freePort(0), await freePort(0)];

	const startRedis = () =>
		startService({
			name: 'Redis',
			command: programs.redis,
			args: ['--bind', '127.0.0.1', '--port', String(redisPort), '--dir', folder, '--save', ''],
			cwd: folder,
			log: join(parent, 'logs', 'redis.log'),
			isReady: (printed) => printed.includes('Ready to accept connections'),
			timeoutMs: START_TIMEOUT_MS,
		});

	const data = join(folder, 'postgres');
	const startPostgres = async () => {
		const initdb = ['--pgdata', data, '--username', DATABASE_OWNER, '--auth', 'trust'];
		const fast = ['--encoding', 'UTF8', '--locale', 'C', '--no-sync'];
		await run(join(programs.postgres, 'initdb'), [...initdb, ...fast], { cwd: folder, user });
		const settings = {
			listen_addresses: '127.0.0.1',
			port: postgresPort,
			unix_socket_directories: '',
			// Nobody needs the data after a power cut.
			fsync: 'off',
		};
		return await startService({
			name: 'PostgreSQL',
			command: join(programs.postgres, 'postgres'),
			args: ['-D', data, ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`])],
			cwd: folder,
			user,
			log: join(parent, 'logs', 'postgres.log'),
			isReady: (printed) => printed.includes('database system is ready to accept connections'),
			timeoutMs: START_TIMEOUT_MS,
		});
	};

	const services = await Promise.all([startRedis(), startPostgres()]);
	return {
		env: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(postgresPort),
			DB_POSTGRESDB_USER: DATABASE_OWNER,
			DB_POSTGRESDB_DATABASE: 'postgres',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redisPort),
		},
		async stop() {
			await Promise.all(services.map((service) => service.stop()));
		},
	};
}

type User = { uid: number; gid: number };

async function userNamed(name: string): Promise<User> {
	const [uid, gid] = await Promise.all(['-u', '-g'].map((which) => run('id', [which, name])));
	return { uid: Number(uid), gid: Number(gid) };
}

/** A new folder that this user can reach and write in. */
async function dataFolder(parent: string, user: User | undefined): Promise<string> {
	await mkdir(parent, { recursive: true });
	if (user === undefined) return await mkdtemp(join(parent, 'databases-'));
	// A repository in root's own home is closed to everybody else.
	const isOpen = await run('test', ['-x', parent], { cwd: '/', user }).then(
		() => true,
		() => false,
	);
	const folder = await mkdtemp(join(isOpen ? parent : tmpdir(), 'databases-'));
	await chown(folder, user.uid, user.gid);
	return folder;
}
