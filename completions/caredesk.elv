
use builtin;
use str;

set edit:completion:arg-completer[caredesk] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'caredesk'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'caredesk'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand init 'Make a new database; you become its first admin'
            cand demo 'See a small invented town outsource a week of care'
            cand whoami 'Say who acts, and where'
            cand provider 'Organisations that deliver care'
            cand client 'People who receive care'
            cand queue 'Named lists of referrals, with statuses of their own'
            cand account 'People who act, and what they may do'
            cand referral 'Needs of clients'
            cand visit 'Planned calls of a referral'
            cand schedule 'A referral''s visits as a calendar'
            cand outsource 'Offer visits of a referral to several providers; the first to accept wins'
            cand package 'Offered packages and the answers to them'
            cand audit 'Who changed what, and when'
            cand database 'Look after the database as a whole'
            cand completions 'Print the completions for a shell'
            cand man 'Write manual pages into a folder'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;init'= {
            cand --admin 'The login of the first admin [default: yours]'
            cand --time-zone 'The time zone of the hub''s calendar, such as Europe/London'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --if-not-exists 'Leave a database that is there as it is'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;demo'= {
            cand --directory 'Take the providers from this HSDS directory instead of the invented town'
            cand --keep 'Keep the database here, to look around in afterwards'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;whoami'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;provider'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand create 'Make a provider, with its agency record'
            cand list 'List providers by name'
            cand show 'Show a provider with its resources, phones and addresses'
            cand edit 'Change what is given; `none` clears'
            cand activate 'Offer packages to it again'
            cand deactivate 'Offer it nothing new; everything stays in the history'
            cand import 'Take over providers from a directory'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;provider;create'= {
            cand --email 'Where to write'
            cand --phone 'Where to call'
            cand --postal-code 'Its postal code'
            cand --url 'Its page on the web'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --if-not-exists 'Leave a provider of this name as it is'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;provider;list'= {
            cand --name 'Only names that begin so'
            cand --limit 'At most so many [default on a terminal: 100]'
            cand --after 'Go on after this one'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --active 'Only active ones'
            cand --inactive 'Only inactive ones'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;provider;show'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;provider;edit'= {
            cand --name 'Another name'
            cand --email 'Where to write'
            cand --phone 'Where to call'
            cand --postal-code 'Its postal code'
            cand --url 'Its page on the web'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;provider;activate'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;provider;deactivate'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;provider;import'= {
            cand --format 'The format [default: a folder or JSON is hsds, any other text is csv]'
            cand --map 'Which column of a table holds a field: name, id, alternate_name, description, email, phone, url, address, city, region, postal_code'
            cand --source 'Where they come from; ids count within their source [default: the name of the file or folder without its ending]'
            cand --rejects 'Write rejected rows as CSV with a column `error`; rows of several tables into files of their own (bad.csv becomes bad.services.csv and bad.phones.csv). A table that was put right can be imported again under the same --source'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --keep-going 'Take the good rows even where others are rejected, and exit with 9'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;provider;help'= {
            cand create 'Make a provider, with its agency record'
            cand list 'List providers by name'
            cand show 'Show a provider with its resources, phones and addresses'
            cand edit 'Change what is given; `none` clears'
            cand activate 'Offer packages to it again'
            cand deactivate 'Offer it nothing new; everything stays in the history'
            cand import 'Take over providers from a directory'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;provider;help;create'= {
        }
        &'caredesk;provider;help;list'= {
        }
        &'caredesk;provider;help;show'= {
        }
        &'caredesk;provider;help;edit'= {
        }
        &'caredesk;provider;help;activate'= {
        }
        &'caredesk;provider;help;deactivate'= {
        }
        &'caredesk;provider;help;import'= {
        }
        &'caredesk;provider;help;help'= {
        }
        &'caredesk;client'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand create 'Make a client'
            cand list 'List clients by name'
            cand show 'Show a client'
            cand edit 'Change what is given; `none` clears'
            cand import 'Take over clients from CSV tables or FHIR R4 patients; a second time changes nothing'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;client;create'= {
            cand --given 'The given name'
            cand --family 'The family name'
            cand --birth-date 'The day of birth, such as 1941-03-02'
            cand --postal-code 'Where the person lives'
            cand --id 'The number that another system knows the person by'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --if-not-exists 'Leave a client with this id as it is; without an id, one of this name and birth date'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;client;list'= {
            cand --name 'Only names that begin so'
            cand --limit 'At most so many [default on a terminal: 100]'
            cand --after 'Go on after this one'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;client;show'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;client;edit'= {
            cand --given 'The given name'
            cand --family 'The family name'
            cand --birth-date 'The day of birth, such as 1941-03-02'
            cand --postal-code 'Where the person lives'
            cand --id 'The number that another system knows the person by'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;client;import'= {
            cand --format 'The format [default: recognised by the content]'
            cand --map 'Which column holds a field: `id`, `given`, `family`, `birth_date`, `postal_code`'
            cand --source 'Where they come from; an id counts within its source [default: the name of the file without its ending]'
            cand --rejects 'Write all rejected rows, with the reasons, into this file'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --without-ids 'Recognise people by the ids of the source, but do not keep those as ids of the clients'
            cand --keep-going 'Take the good rows even where others are rejected'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;client;help'= {
            cand create 'Make a client'
            cand list 'List clients by name'
            cand show 'Show a client'
            cand edit 'Change what is given; `none` clears'
            cand import 'Take over clients from CSV tables or FHIR R4 patients; a second time changes nothing'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;client;help;create'= {
        }
        &'caredesk;client;help;list'= {
        }
        &'caredesk;client;help;show'= {
        }
        &'caredesk;client;help;edit'= {
        }
        &'caredesk;client;help;import'= {
        }
        &'caredesk;client;help;help'= {
        }
        &'caredesk;queue'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand create 'Make a queue'
            cand list 'List queues'
            cand show 'Show a queue and its statuses'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;queue;create'= {
            cand --status 'A status, in order; the first is where referrals arrive'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --if-not-exists 'Leave a queue of this name as it is'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;queue;list'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;queue;show'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;queue;help'= {
            cand create 'Make a queue'
            cand list 'List queues'
            cand show 'Show a queue and its statuses'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;queue;help;create'= {
        }
        &'caredesk;queue;help;list'= {
        }
        &'caredesk;queue;help;show'= {
        }
        &'caredesk;queue;help;help'= {
        }
        &'caredesk;account'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand create 'Make an account'
            cand list 'List accounts by login'
            cand show 'Show an account'
            cand set-password 'Give an account a password, which `--as` then asks for'
            cand permit 'Let a portal account do more'
            cand forbid 'Let a portal account do less'
            cand add-resource 'Let a portal account act for resources'
            cand remove-resource 'Take resources from a portal account'
            cand enable 'Let an account act again'
            cand disable 'Let an account act no more; everything stays in the history'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;account;create'= {
            cand --name 'The person''s name'
            cand --level 'What the person may do'
            cand --email 'Where to write to the person'
            cand --resource 'A resource it acts for; a provider stands for its agency record'
            cand --can 'What a portal account may do beyond looking'
            cand --password-file 'A file whose first line is the password'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --password 'Ask for a password'
            cand --if-not-exists 'Leave an account of this login as it is'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;account;list'= {
            cand --limit 'At most so many [default on a terminal: 100]'
            cand --after 'Go on after this one'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;account;show'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;account;set-password'= {
            cand --password-file 'A file whose first line is the password [default: asked for]'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;account;permit'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;account;forbid'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;account;add-resource'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;account;remove-resource'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;account;enable'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;account;disable'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;account;help'= {
            cand create 'Make an account'
            cand list 'List accounts by login'
            cand show 'Show an account'
            cand set-password 'Give an account a password, which `--as` then asks for'
            cand permit 'Let a portal account do more'
            cand forbid 'Let a portal account do less'
            cand add-resource 'Let a portal account act for resources'
            cand remove-resource 'Take resources from a portal account'
            cand enable 'Let an account act again'
            cand disable 'Let an account act no more; everything stays in the history'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;account;help;create'= {
        }
        &'caredesk;account;help;list'= {
        }
        &'caredesk;account;help;show'= {
        }
        &'caredesk;account;help;set-password'= {
        }
        &'caredesk;account;help;permit'= {
        }
        &'caredesk;account;help;forbid'= {
        }
        &'caredesk;account;help;add-resource'= {
        }
        &'caredesk;account;help;remove-resource'= {
        }
        &'caredesk;account;help;enable'= {
        }
        &'caredesk;account;help;disable'= {
        }
        &'caredesk;account;help;help'= {
        }
        &'caredesk;referral'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand create 'Put a client into a queue'
            cand list 'List referrals, the newest first'
            cand show 'Show a referral'
            cand set-status 'Move a referral to another status of its queue'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;referral;create'= {
            cand --queue 'Which queue: its name or the beginning of it'
            cand --client 'The client: a code, an id or a name, or the beginning of one'
            cand --note 'Whatever else should be known'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;referral;list'= {
            cand --queue 'Only in this queue'
            cand --status 'Only in a status of this name'
            cand --client 'Only of this client'
            cand --limit 'At most so many [default on a terminal: 100]'
            cand --after 'Go on after this one'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --open 'Only in open statuses'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;referral;show'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;referral;set-status'= {
            cand --from 'Only if it is in this status now'
            cand --note 'Replaces the note'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;referral;help'= {
            cand create 'Put a client into a queue'
            cand list 'List referrals, the newest first'
            cand show 'Show a referral'
            cand set-status 'Move a referral to another status of its queue'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;referral;help;create'= {
        }
        &'caredesk;referral;help;list'= {
        }
        &'caredesk;referral;help;show'= {
        }
        &'caredesk;referral;help;set-status'= {
        }
        &'caredesk;referral;help;help'= {
        }
        &'caredesk;visit'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand add 'Plan a visit, or the same visit every week'
            cand edit 'Change when a visit is or how long it lasts'
            cand cancel 'Cancel visits; they stay in the history'
            cand list 'List the visits of a referral by time'
            cand import 'Take over visits from a table or a home-care instance; a second time changes nothing'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;visit;add'= {
            cand --start '"2026-12-01 09:00", "tomorrow 9:30", "monday 18:00"'
            cand --duration 'Minutes, or 45m, 1h, 1h30'
            cand --weekly 'Repeat on these days: mon,wed,fri, daily, weekdays, weekends'
            cand --until 'The last day of the repetition'
            cand --note 'Whatever else should be known'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;visit;edit'= {
            cand --start 'When it is to be: "2026-12-01 09:00", "tomorrow 9:30", "monday 18:00"'
            cand --duration 'Minutes, or 45m, 1h, 1h30'
            cand --note '`none` clears it'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;visit;cancel'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;visit;list'= {
            cand --from 'Only from this day on'
            cand --to 'Only up to this day'
            cand --limit 'At most so many [default on a terminal: 100]'
            cand --after 'Go on after this one'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --planned 'Leave cancelled visits out'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;visit;import'= {
            cand --format '[default: hhcrsp for a .json file, otherwise csv]'
            cand --date 'The day that an instance is planned on'
            cand --patient 'Only this patient of an instance; may be given several times'
            cand --map 'Which column of a table holds a field: start="Visit start"'
            cand --rejects 'Write the bad rows and what is wrong with them to this file'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --keep-going 'Take the good rows even if there are bad ones; the exit status is then 9'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;visit;help'= {
            cand add 'Plan a visit, or the same visit every week'
            cand edit 'Change when a visit is or how long it lasts'
            cand cancel 'Cancel visits; they stay in the history'
            cand list 'List the visits of a referral by time'
            cand import 'Take over visits from a table or a home-care instance; a second time changes nothing'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;visit;help;add'= {
        }
        &'caredesk;visit;help;edit'= {
        }
        &'caredesk;visit;help;cancel'= {
        }
        &'caredesk;visit;help;list'= {
        }
        &'caredesk;visit;help;import'= {
        }
        &'caredesk;visit;help;help'= {
        }
        &'caredesk;schedule'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand show 'Draw a week of a referral''s visits; as JSON or CSV, list them'
            cand export 'Write a referral''s visits as an iCalendar file, without the client''s name'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;schedule;show'= {
            cand --week '2026-W49, or any day in the week [default: this week, or the next one with a planned visit]'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;schedule;export'= {
            cand --file 'Where to; `-` is the standard output'
            cand --from 'Only from this day on'
            cand --to 'Only up to this day'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --overwrite 'Replace the file if there is one'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;schedule;help'= {
            cand show 'Draw a week of a referral''s visits; as JSON or CSV, list them'
            cand export 'Write a referral''s visits as an iCalendar file, without the client''s name'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;schedule;help;show'= {
        }
        &'caredesk;schedule;help;export'= {
        }
        &'caredesk;schedule;help;help'= {
        }
        &'caredesk;outsource'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand create 'Offer visits of a referral to providers as one package'
            cand add-provider 'Ask more providers'
            cand remove-provider 'Take providers out again; their answers stay in the history'
            cand delete 'Recall a package: it vanishes from the providers'' lists and its visits are free again'
            cand resend 'Recall a package and send its visits, as they are now, to the same providers'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;outsource;create'= {
            cand --visit 'A visit of the referral; asked for on a terminal'
            cand --provider 'A provider to ask; asked for on a terminal'
            cand --reference 'What to call the package [default: its code]'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --all-visits 'Every planned visit that is in no package yet'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;outsource;add-provider'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;outsource;remove-provider'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;outsource;delete'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;outsource;resend'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;outsource;help'= {
            cand create 'Offer visits of a referral to providers as one package'
            cand add-provider 'Ask more providers'
            cand remove-provider 'Take providers out again; their answers stay in the history'
            cand delete 'Recall a package: it vanishes from the providers'' lists and its visits are free again'
            cand resend 'Recall a package and send its visits, as they are now, to the same providers'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;outsource;help;create'= {
        }
        &'caredesk;outsource;help;add-provider'= {
        }
        &'caredesk;outsource;help;remove-provider'= {
        }
        &'caredesk;outsource;help;delete'= {
        }
        &'caredesk;outsource;help;resend'= {
        }
        &'caredesk;outsource;help;help'= {
        }
        &'caredesk;package'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand list 'List packages, the newest first'
            cand show 'Show a package with its visits and the answers to it'
            cand respond 'Accept or reject a package for a provider; the first to accept wins, and an answer is final'
            cand rename 'Give a package another reference'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;package;list'= {
            cand --status 'Only in this status; recalled ones are listed only so'
            cand --provider 'Only those offered to this provider'
            cand --referral 'Only of this referral'
            cand --limit 'At most so many [default on a terminal: 100]'
            cand --after 'Go on after this one'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;package;show'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;package;respond'= {
            cand --provider 'Who answers: its code or name, or the beginning of either'
            cand --reason 'Why not'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand --accept 'Take the whole package'
            cand --reject 'Decline the whole package'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;package;rename'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;package;help'= {
            cand list 'List packages, the newest first'
            cand show 'Show a package with its visits and the answers to it'
            cand respond 'Accept or reject a package for a provider; the first to accept wins, and an answer is final'
            cand rename 'Give a package another reference'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;package;help;list'= {
        }
        &'caredesk;package;help;show'= {
        }
        &'caredesk;package;help;respond'= {
        }
        &'caredesk;package;help;rename'= {
        }
        &'caredesk;package;help;help'= {
        }
        &'caredesk;audit'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand list 'List changes, the newest first'
            cand verify 'Check that no entry was changed or taken out'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;audit;list'= {
            cand --on 'Only changes of this thing: its code, login or name'
            cand --by 'Only changes by this login, or in its name'
            cand --limit 'At most so many'
            cand --after 'Only entries before this number'
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;audit;verify'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;audit;help'= {
            cand list 'List changes, the newest first'
            cand verify 'Check that no entry was changed or taken out'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;audit;help;list'= {
        }
        &'caredesk;audit;help;verify'= {
        }
        &'caredesk;audit;help;help'= {
        }
        &'caredesk;database'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand migrate 'Bring an older database up to date, after a copy was set aside; every other command does so too'
            cand check 'Look for damage, and for anything that breaks a promise of the program'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;database;migrate'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;database;check'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;database;help'= {
            cand migrate 'Bring an older database up to date, after a copy was set aside; every other command does so too'
            cand check 'Look for damage, and for anything that breaks a promise of the program'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;database;help;migrate'= {
        }
        &'caredesk;database;help;check'= {
        }
        &'caredesk;database;help;help'= {
        }
        &'caredesk;completions'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;man'= {
            cand --db 'The database: a file, or postgres://user:password@host/database'
            cand --as 'Act as another account'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --columns 'Only these columns, in this order'
            cand --for 'Make CSV safe and readable for a spreadsheet'
            cand --color 'When to use colour'
            cand -q 'Print only the code of what was made, and no notes'
            cand --quiet 'Print only the code of what was made, and no notes'
            cand -y 'Answer every confirmation with yes'
            cand --yes 'Answer every confirmation with yes'
            cand --dry-run 'Do it all, say what would be, and roll it back'
            cand --exit-code 'With --dry-run: exit with 11 when something would change'
            cand --no-input 'Never ask anything, even on a terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'caredesk;help'= {
            cand init 'Make a new database; you become its first admin'
            cand demo 'See a small invented town outsource a week of care'
            cand whoami 'Say who acts, and where'
            cand provider 'Organisations that deliver care'
            cand client 'People who receive care'
            cand queue 'Named lists of referrals, with statuses of their own'
            cand account 'People who act, and what they may do'
            cand referral 'Needs of clients'
            cand visit 'Planned calls of a referral'
            cand schedule 'A referral''s visits as a calendar'
            cand outsource 'Offer visits of a referral to several providers; the first to accept wins'
            cand package 'Offered packages and the answers to them'
            cand audit 'Who changed what, and when'
            cand database 'Look after the database as a whole'
            cand completions 'Print the completions for a shell'
            cand man 'Write manual pages into a folder'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'caredesk;help;init'= {
        }
        &'caredesk;help;demo'= {
        }
        &'caredesk;help;whoami'= {
        }
        &'caredesk;help;provider'= {
            cand create 'Make a provider, with its agency record'
            cand list 'List providers by name'
            cand show 'Show a provider with its resources, phones and addresses'
            cand edit 'Change what is given; `none` clears'
            cand activate 'Offer packages to it again'
            cand deactivate 'Offer it nothing new; everything stays in the history'
            cand import 'Take over providers from a directory'
        }
        &'caredesk;help;provider;create'= {
        }
        &'caredesk;help;provider;list'= {
        }
        &'caredesk;help;provider;show'= {
        }
        &'caredesk;help;provider;edit'= {
        }
        &'caredesk;help;provider;activate'= {
        }
        &'caredesk;help;provider;deactivate'= {
        }
        &'caredesk;help;provider;import'= {
        }
        &'caredesk;help;client'= {
            cand create 'Make a client'
            cand list 'List clients by name'
            cand show 'Show a client'
            cand edit 'Change what is given; `none` clears'
            cand import 'Take over clients from CSV tables or FHIR R4 patients; a second time changes nothing'
        }
        &'caredesk;help;client;create'= {
        }
        &'caredesk;help;client;list'= {
        }
        &'caredesk;help;client;show'= {
        }
        &'caredesk;help;client;edit'= {
        }
        &'caredesk;help;client;import'= {
        }
        &'caredesk;help;queue'= {
            cand create 'Make a queue'
            cand list 'List queues'
            cand show 'Show a queue and its statuses'
        }
        &'caredesk;help;queue;create'= {
        }
        &'caredesk;help;queue;list'= {
        }
        &'caredesk;help;queue;show'= {
        }
        &'caredesk;help;account'= {
            cand create 'Make an account'
            cand list 'List accounts by login'
            cand show 'Show an account'
            cand set-password 'Give an account a password, which `--as` then asks for'
            cand permit 'Let a portal account do more'
            cand forbid 'Let a portal account do less'
            cand add-resource 'Let a portal account act for resources'
            cand remove-resource 'Take resources from a portal account'
            cand enable 'Let an account act again'
            cand disable 'Let an account act no more; everything stays in the history'
        }
        &'caredesk;help;account;create'= {
        }
        &'caredesk;help;account;list'= {
        }
        &'caredesk;help;account;show'= {
        }
        &'caredesk;help;account;set-password'= {
        }
        &'caredesk;help;account;permit'= {
        }
        &'caredesk;help;account;forbid'= {
        }
        &'caredesk;help;account;add-resource'= {
        }
        &'caredesk;help;account;remove-resource'= {
        }
        &'caredesk;help;account;enable'= {
        }
        &'caredesk;help;account;disable'= {
        }
        &'caredesk;help;referral'= {
            cand create 'Put a client into a queue'
            cand list 'List referrals, the newest first'
            cand show 'Show a referral'
            cand set-status 'Move a referral to another status of its queue'
        }
        &'caredesk;help;referral;create'= {
        }
        &'caredesk;help;referral;list'= {
        }
        &'caredesk;help;referral;show'= {
        }
        &'caredesk;help;referral;set-status'= {
        }
        &'caredesk;help;visit'= {
            cand add 'Plan a visit, or the same visit every week'
            cand edit 'Change when a visit is or how long it lasts'
            cand cancel 'Cancel visits; they stay in the history'
            cand list 'List the visits of a referral by time'
            cand import 'Take over visits from a table or a home-care instance; a second time changes nothing'
        }
        &'caredesk;help;visit;add'= {
        }
        &'caredesk;help;visit;edit'= {
        }
        &'caredesk;help;visit;cancel'= {
        }
        &'caredesk;help;visit;list'= {
        }
        &'caredesk;help;visit;import'= {
        }
        &'caredesk;help;schedule'= {
            cand show 'Draw a week of a referral''s visits; as JSON or CSV, list them'
            cand export 'Write a referral''s visits as an iCalendar file, without the client''s name'
        }
        &'caredesk;help;schedule;show'= {
        }
        &'caredesk;help;schedule;export'= {
        }
        &'caredesk;help;outsource'= {
            cand create 'Offer visits of a referral to providers as one package'
            cand add-provider 'Ask more providers'
            cand remove-provider 'Take providers out again; their answers stay in the history'
            cand delete 'Recall a package: it vanishes from the providers'' lists and its visits are free again'
            cand resend 'Recall a package and send its visits, as they are now, to the same providers'
        }
        &'caredesk;help;outsource;create'= {
        }
        &'caredesk;help;outsource;add-provider'= {
        }
        &'caredesk;help;outsource;remove-provider'= {
        }
        &'caredesk;help;outsource;delete'= {
        }
        &'caredesk;help;outsource;resend'= {
        }
        &'caredesk;help;package'= {
            cand list 'List packages, the newest first'
            cand show 'Show a package with its visits and the answers to it'
            cand respond 'Accept or reject a package for a provider; the first to accept wins, and an answer is final'
            cand rename 'Give a package another reference'
        }
        &'caredesk;help;package;list'= {
        }
        &'caredesk;help;package;show'= {
        }
        &'caredesk;help;package;respond'= {
        }
        &'caredesk;help;package;rename'= {
        }
        &'caredesk;help;audit'= {
            cand list 'List changes, the newest first'
            cand verify 'Check that no entry was changed or taken out'
        }
        &'caredesk;help;audit;list'= {
        }
        &'caredesk;help;audit;verify'= {
        }
        &'caredesk;help;database'= {
            cand migrate 'Bring an older database up to date, after a copy was set aside; every other command does so too'
            cand check 'Look for damage, and for anything that breaks a promise of the program'
        }
        &'caredesk;help;database;migrate'= {
        }
        &'caredesk;help;database;check'= {
        }
        &'caredesk;help;completions'= {
        }
        &'caredesk;help;man'= {
        }
        &'caredesk;help;help'= {
        }
    ]
    $completions[$command]
}
