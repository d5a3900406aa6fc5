// n8n loads the files that package.json lists under "n8n". This package exports nothing else.
