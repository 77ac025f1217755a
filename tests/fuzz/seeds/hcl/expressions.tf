a = !b && -c.0[*].d.*.e >= 1.5e3 % 2 ? { (k) = 1, "x": 2
 y = null } : {for k, v in m : v => k... if k != v}
