// jieba.js NAMES FILE: the words of FILE with their kinds, by @node-rs/jieba.
const { readFileSync } = require('node:fs');
const { Jieba } = require('@node-rs/jieba');
const { dict } = require('@node-rs/jieba/dict');

const jieba = Jieba.withDict(dict);
jieba.loadDict(readFileSync(process.argv[2]));
for (const line of readFileSync(process.argv[3], 'utf8').split('\n'))
	process.stdout.write(jieba.tag(line).map(({ word, tag }) => `${word}\t${tag}\n`).join(''));
