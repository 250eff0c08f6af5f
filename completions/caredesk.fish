complete --keep-order --exclusive --command caredesk --arguments "(COMPLETE=fish caredesk -- (commandline --current-process --tokenize --cut-at-cursor) (commandline --current-token))"
