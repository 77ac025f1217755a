module corp.example/portal

go 1.22
